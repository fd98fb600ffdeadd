import { setImmediate as turn } from 'node:timers/promises'
import { fold } from '../../../scim/text/fold.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { PlanBuild } from '../../store/plan/build-plan.ts'

/** One line of the admin's list of old and new user IDs. */
export interface ListedUserId {
  readonly line: number
  readonly from: string
  readonly to: string
}

/** Lines written in one transaction, so that a long list does not hold up what else this thread does. */
const linesAtOnce = 500

async function inPieces<Item>(
  build: PlanBuild,
  items: AsyncIterable<Item>,
  write: (item: Item) => void,
): Promise<void> {
  let piece: Item[] = []
  const flush = async () => {
    const lines = piece
    piece = []
    build.together(() => lines.forEach(write))
    await turn()
  }
  for await (const item of items) if (piece.push(item) === linesAtOnce) await flush()
  await flush()
}

/** Writes the admin's list into a plan. Rejects with `Refusal` for an old user ID that stands there twice. */
export function addList(build: PlanBuild, list: AsyncIterable<ListedUserId>): Promise<void> {
  return inPieces(build, list, ({ line, from, to }) => {
    const other = build.addListed(fold(from), to, line)
    if (other !== undefined) throw new Refusal(`Line ${line}: "${from}" stands in line ${other} already.`)
  })
}

/** Writes the userNames that an identity provider will ask for into a plan. */
export function addSought(build: PlanBuild, sought: AsyncIterable<string>): Promise<void> {
  return inPieces(build, sought, (userName) => build.addSought(fold(userName), userName))
}
