import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../administration/refusal.ts'
import { stepBack } from '../../step-back.ts'
import { StoreError, toStoreError } from '../../store/store-error.ts'
import type { FromPlanThread, PlanTask } from './plan-task.ts'
import { runPlanTask } from './run-plan-task.ts'

/** Behind what answers requests. */
const nicer = 10

const task: PlanTask = workerData

function tell(message: FromPlanThread): void {
  parentPort?.postMessage(message)
}

stepBack(nicer)
try {
  runPlanTask(task, (progress) => tell({ kind: 'progress', progress }))
  tell({ kind: 'done' })
} catch (thrown) {
  const error = toStoreError(thrown, task.dataDir) ?? thrown
  const isExpected = error instanceof Refusal || error instanceof StoreError
  const problem = error instanceof Error ? (isExpected ? error.message : (error.stack ?? error.message)) : String(error)
  tell({ kind: 'failed', problem, isExpected })
}
