import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { endProcess } from '../../end-process.ts'
import { parseConversionOptions } from '../targets/conversion-options.ts'
import { makePlan } from './make-plan.ts'
import { Abandoned, startPlanThread } from './start-plan-thread.ts'

/** A process that makes a preview in the data directory that it is given, and ends it in a call of SQLite that does not return. */
const [dataDir = ''] = process.argv.slice(2)
const thread = new URL('endless-plan-thread.fixture.ts', import.meta.url)
const ended = new AbortController()
try {
  await makePlan(
    { dataDir, runTask: (task, watch) => startPlanThread(thread, task, watch) },
    { purpose: 'conversion', directoryId: 1, createdAt: 0, options: parseConversionOptions({}) },
    () => Promise.resolve({ isSought: false }),
    { signal: ended.signal, onProgress: () => ended.abort() },
  )
} catch (error) {
  if (!(error instanceof Abandoned)) throw error
  process.stdout.write(`${error.message} ${readdirSync(join(dataDir, 'plans')).length} files are left.`)
  endProcess(3)
}
