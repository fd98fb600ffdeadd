import { openReaderConnection } from '../../store/file/database-files.ts'
import { indexPlan, preparePlanBuild } from '../../store/plan/build-plan.ts'
import { matchPlan } from '../../store/plan/match-plan.ts'
import { openPlanFile, openUnfinishedPlan } from '../../store/plan/plan-file.ts'
import { preparePlanMeta } from '../../store/plan/plan-meta.ts'
import { settlePlan } from '../../store/plan/settle-plan.ts'
import { prepareStoreReads } from '../../store/store-reads.ts'
import type { Connection } from '../../store/file/open-database.ts'
import { planConversion } from './plan-conversion.ts'
import { parsePlanHead } from './plan-head.ts'
import type { PlanProgress, PlanTask } from './plan-task.ts'
import { planUndo } from './plan-undo.ts'
import { unreachable } from '../../../scim/unreachable.ts'

type Tell = (progress: PlanProgress) => void

/** Fills a plan with what `fill` finds in the directory, and settles it. */
function build(
  task: PlanTask,
  tell: Tell,
  fill: (reads: ReturnType<typeof prepareStoreReads>, plan: Connection) => void,
): void {
  const plan = openUnfinishedPlan(task.dataDir, task.planId)
  try {
    const directory = openReaderConnection(task.dataDir)
    try {
      fill(prepareStoreReads(directory), plan)
    } finally {
      // What follows is long, and whoever ends it leaves the thread behind: by then it has nothing open that others need.
      directory.close()
    }
    tell({ phase: 'settle', done: 0, total: 0 })
    indexPlan(plan)
    conclude(plan)
  } finally {
    plan.close()
  }
}

/** Finds the conflicts, and counts. */
function conclude(plan: Connection): void {
  settlePlan(plan)
  const meta = preparePlanMeta(plan)
  meta.set('counts', meta.count())
  if (meta.get('isSought') === true) meta.set('match', matchPlan(plan))
}

function withPlan(task: PlanTask, use: (plan: Connection) => void): void {
  const plan = openPlanFile(task.dataDir, task.planId, 'change')
  if (!plan) throw new Error(`plan ${task.planId} is gone`)
  try {
    use(plan)
  } finally {
    plan.close()
  }
}

/** Does what a plan's thread is for. Throws `Refusal` where the options make no sense. */
export function runPlanTask(task: PlanTask, tell: Tell): void {
  switch (task.kind) {
    case 'conversion':
      return build(task, tell, (reads, plan) => {
        const head = parsePlanHead(preparePlanMeta(plan).get('head'))
        if (head.purpose !== 'conversion') throw new Error(`plan ${task.planId} is for no conversion`)
        planConversion(reads, preparePlanBuild(plan), { ...task, options: head.options }, tell)
      })
    case 'undo':
      return build(task, tell, (reads, plan) => planUndo(reads, preparePlanBuild(plan), task, tell))
    case 'settle':
      return withPlan(task, conclude)
    case 'match':
      return withPlan(task, (plan) => preparePlanMeta(plan).set('match', matchPlan(plan)))
    default:
      return unreachable(task)
  }
}
