import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { serve } from './serve/serving.fixture.ts'

/** What a module that is loaded before the server does when the server gets SIGUSR2. */
const bugs = {
  'a rejection that nobody handles': `void Promise.reject(new Error('a stray bug'))`,
  'what a timer throws': `setTimeout(() => { throw new Error('a stray bug') })`,
}

test.skipIf(process.platform === 'win32').each(Object.entries(bugs))(
  '%s ends the server with an id, whose stack is in the log of troubles',
  async (_what, bug) => {
    const loaded = `process.on('SIGUSR2', () => { ${bug} })`
    const { child, dataDir, exited } = await serve({
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(loaded)}`,
    })
    const said = text(child.stderr)
    child.kill('SIGUSR2')
    expect(await exited).toEqual([1, null])
    const [, id] = /^Rollcall has stopped: [^\n]*\((\w{8})\)[^\n]*troubles\.log[^\n]*\n$/.exec(await said) ?? []
    const troubles = readFileSync(join(dataDir, 'troubles.log'), 'utf8')
    expect(troubles).toContain(`fault ${id}: Error: a stray bug\\n    at `)
  },
)
