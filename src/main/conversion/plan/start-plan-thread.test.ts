import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createDataDir } from '../../directory/test-directory.fixture.ts'

const fixture = fileURLToPath(new URL('abandoned-plan.fixture.ts', import.meta.url))

// Windows removes no open file: there, the end of the call is waited for.
test.skipIf(process.platform === 'win32')(
  'a preview is ended at once in the middle of a long call of SQLite, and leaves nothing behind',
  async () => {
    const { path: dataDir, remove } = createDataDir()
    onTestFinished(remove)
    const child = spawn(process.execPath, [fixture, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    const told = Promise.all([text(child.stdout), text(child.stderr)])
    expect(await once(child, 'exit')).toEqual([3, null])
    expect(await told).toEqual(['Nothing was changed. 0 files are left.', ''])
    expect(readdirSync(join(dataDir, 'plans'))).toEqual([])
  },
)
