import { parentPort, workerData } from 'node:worker_threads'
import { openUnfinishedPlan } from '../store/plan/plan-file.ts'
import type { FromPlanThread, PlanTask } from './plan-task.ts'

/** A plan's thread whose call of SQLite does not return, in the middle of a transaction. */
const task: PlanTask = workerData
const plan = openUnfinishedPlan(task.dataDir, task.planId)
plan.exec(`begin; insert into meta values ('half', 'done')`)
parentPort?.postMessage({
  kind: 'progress',
  progress: { phase: 'settle', done: 0, total: 0 },
} satisfies FromPlanThread)
plan
  .prepare('with recursive numbers (n) as (select 1 union all select n + 1 from numbers) select count(*) from numbers')
  .get()
