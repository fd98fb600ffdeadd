import { randomUUID } from 'node:crypto'
import { type PlanBuild, preparePlanBuild } from '../../store/plan/build-plan.ts'
import { createPlanFile, finishPlanFile, removePlanFile } from '../../store/plan/plan-file.ts'
import { preparePlanMeta } from '../../store/plan/plan-meta.ts'
import type { PlanHead } from './plan-head.ts'
import type { PlanTask } from './plan-task.ts'
import type { RunPlanTask, Watch } from './start-plan-thread.ts'

interface Parts {
  readonly dataDir: string
  readonly runTask: RunPlanTask
}

/** What is written into a plan before users are looked at; says whether it holds the userNames that an identity provider will ask for. */
export type Prepare = (build: PlanBuild) => Promise<{ readonly isSought: boolean }>

function taskOf(dataDir: string, planId: string, head: PlanHead): PlanTask {
  const { directoryId } = head
  return head.purpose === 'undo'
    ? { kind: 'undo', dataDir, planId, directoryId, jobId: head.jobId }
    : { kind: 'conversion', dataDir, planId, directoryId }
}

/** Makes a plan's file and has it filled; resolves to its id. What is abandoned or fails leaves nothing behind. */
export async function makePlan(
  { dataDir, runTask }: Parts,
  head: PlanHead,
  prepare: Prepare,
  watch: Watch,
): Promise<string> {
  const planId = randomUUID()
  const connection = createPlanFile(dataDir, planId)
  try {
    try {
      const meta = preparePlanMeta(connection)
      meta.set('head', head)
      const { isSought } = await prepare(preparePlanBuild(connection))
      meta.set('isSought', isSought)
    } finally {
      connection.close()
    }
    await runTask(taskOf(dataDir, planId, head), watch)
    finishPlanFile(dataDir, planId)
    return planId
  } catch (error) {
    removePlanFile(dataDir, planId)
    throw error
  }
}
