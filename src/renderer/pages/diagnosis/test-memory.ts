import { create } from 'zustand'
import type { TestRunView, TestStanding } from '../../../contract/endpoint-tests.ts'
import type { TestDraft } from './test-draft.ts'
import { isUnderWay } from './test-text.ts'

interface TestMemory {
  /** The form as it was left, but for the token; undefined where it was not touched. */
  readonly draft: TestDraft | undefined
  /** A test that was seen under way. */
  readonly watched: TestRunView | undefined
  /** One that was seen under way, of which the engine knows nothing any more. */
  readonly lost: TestRunView | undefined
  setDraft(draft: TestDraft): void
  see(standing: TestStanding): void
  forgetLost(): void
}

function seen({ watched, lost }: TestMemory, { run, results }: TestStanding): Pick<TestMemory, 'watched' | 'lost'> {
  const isLost = watched && watched.id !== run?.id && results.every(({ id }) => id !== watched.id)
  return { watched: run && isUnderWay(run) ? run : undefined, lost: isLost ? watched : lost }
}

/** What this page remembers while other screens are looked at. */
export const useTestMemory = create<TestMemory>()((set) => ({
  draft: undefined,
  watched: undefined,
  lost: undefined,
  setDraft: (draft) => set({ draft }),
  see: (standing) => set((before) => seen(before, standing)),
  forgetLost: () => set({ lost: undefined }),
}))
