import { isUpdated } from './judge-resource.ts'
import type { Conversation, Turn } from './turn.ts'

/** Sends a change and looks whether it is there; not after a refusal, which says enough. */
export function* changeAndReadBack(
  change: Pick<Turn, 'kind' | 'request'>,
  ...readBacks: readonly Turn[]
): Conversation {
  const answer = yield { ...change, judge: isUpdated }
  if (isUpdated(answer) === undefined) yield* readBacks
}
