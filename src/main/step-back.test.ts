import { readdirSync, readFileSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { startEngine } from './running-engine.fixture.ts'

/** Name and niceness of this process's threads (proc_pid_stat(5), fields 2 and 19). */
function threadsWithNiceness(): readonly string[] {
  return readdirSync('/proc/self/task').flatMap((thread) => {
    try {
      const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8')
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
      return [`${name} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]}`]
    } catch {
      return [] // it has ended meanwhile
    }
  })
}

test.runIf(process.platform === 'linux')('the writer and the journal let the endpoint go first', async () => {
  const { scim } = await startEngine()
  await scim.get('/Users')
  const ours = () => threadsWithNiceness().filter((each) => /^(?:writer|journal) /.test(each))
  await expect
    .poll(() => new Set(ours()))
    .toEqual(new Set([`journal ${getPriority() + 3}`, `writer ${getPriority() + 3}`]))
})

test.runIf(process.platform === 'linux')(
  'a thread that is nice already only gets nicer, up to the end of the scale',
  async () => {
    const worker = new Worker(
      `const { getPriority, setPriority } = require('node:os')
     const { parentPort, workerData } = require('node:worker_threads')
     setPriority(12)
     import(workerData).then(({ stepBack }) => {
       const seen = [3, 10].map((by) => (stepBack(by), getPriority()))
       parentPort.postMessage(seen)
     })`,
      { eval: true, workerData: new URL('step-back.ts', import.meta.url).href },
    )
    expect((await once(worker, 'message'))[0]).toEqual([15, constants.priority.PRIORITY_LOW])
    await worker.terminate()
  },
)
