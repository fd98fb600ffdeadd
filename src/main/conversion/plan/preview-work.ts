import { randomUUID } from 'node:crypto'
import { Refusal } from '../../administration/refusal.ts'
import type { PlanProgress } from './plan-task.ts'
import type { Plan } from './plans.ts'
import { Abandoned, type Watch } from './start-plan-thread.ts'

/** How the making of a preview stands. `undoes` is the job whose undo is looked at. */
export interface PreviewStanding {
  /** Names this making among others. */
  readonly id: string
  readonly undoes: number | undefined
  readonly progress: PlanProgress | undefined
  readonly end: PreviewEnd | undefined
}

export type PreviewEnd =
  | { readonly kind: 'done'; readonly planId: string }
  | { readonly kind: 'cancelled' }
  /** `problem` is for the admin where it is a `Refusal`; anything else is a bug. */
  | { readonly kind: 'failed'; readonly problem: unknown }

interface Work {
  readonly ended: AbortController
  standing: PreviewStanding
}

/** Makes previews that go on when whoever asked for them looks away: one at a time in a directory. */
export interface PreviewWork {
  /** Begins with a preview. Throws `Refusal` while another one is being made. */
  begin(directoryId: number, undoes: number | undefined, make: (watch: Watch) => Promise<Plan>): PreviewStanding
  /** The one under way, or the last one since the start; undefined before the first. */
  standing(directoryId: number): PreviewStanding | undefined
  /** Ends the one under way, if there is one; nothing is kept of it. */
  cancel(directoryId: number): void
  /** Ends all. */
  close(): Promise<void>
}

export function createPreviewWork(): PreviewWork {
  const works = new Map<number, Work>()
  const underWay = new Set<Promise<void>>()

  async function carryOut(work: Work, make: (watch: Watch) => Promise<Plan>): Promise<void> {
    try {
      const plan = await make({
        signal: work.ended.signal,
        onProgress(progress) {
          work.standing = { ...work.standing, progress }
        },
      })
      work.standing = { ...work.standing, end: { kind: 'done', planId: plan.id } }
    } catch (error) {
      const isCancelled = error instanceof Abandoned || work.ended.signal.aborted
      work.standing = {
        ...work.standing,
        end: isCancelled ? { kind: 'cancelled' } : { kind: 'failed', problem: error },
      }
    }
  }

  return {
    begin(directoryId, undoes, make) {
      const before = works.get(directoryId)
      if (before && !before.standing.end)
        throw new Refusal('A preview is being made already. Wait for it, or cancel it first.')
      const work: Work = {
        ended: new AbortController(),
        standing: { id: randomUUID(), undoes, progress: undefined, end: undefined },
      }
      works.set(directoryId, work)
      const whenDone = carryOut(work, make).finally(() => underWay.delete(whenDone))
      underWay.add(whenDone)
      return work.standing
    },
    standing: (directoryId) => works.get(directoryId)?.standing,
    cancel: (directoryId) => works.get(directoryId)?.ended.abort(),
    async close() {
      for (const { ended } of works.values()) ended.abort()
      await Promise.all(underWay)
    },
  }
}
