import { parentPort, workerData } from 'node:worker_threads'
import { callWithoutEnd } from '../../store/plan/endless-call.fixture.ts'
import { openUnfinishedPlan } from '../../store/plan/plan-file.ts'
import type { FromPlanThread, PlanTask } from './plan-task.ts'

/** A plan's thread whose call of SQLite does not return, in the middle of a transaction. */
const task: PlanTask = workerData
callWithoutEnd(openUnfinishedPlan(task.dataDir, task.planId), () => {
  const begun: FromPlanThread = { kind: 'progress', progress: { phase: 'settle', done: 0, total: 0 } }
  parentPort?.postMessage(begun)
})
