import { readdirSync, readFileSync } from 'node:fs'
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
  await expect.poll(() => new Set(ours())).toEqual(new Set(['journal 3', 'writer 3']))
})
