import { Button } from '@mantine/core'
import type { EngineClient } from '../../../contract/contract.ts'
import type { GroupBulkAction } from '../../../contract/groups.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { unreachable } from '../../unreachable.ts'
import type { BulkAct } from '../directory/bulk-dialog.tsx'

type Kind = GroupBulkAction['kind']

function wordsOf(kind: Kind, groups: string): Omit<BulkAct, 'ids' | 'managed' | 'open' | 'undo'> {
  switch (kind) {
    case 'archive':
      return {
        title: `Archive ${groups}?`,
        action: 'Archive them',
        consequence:
          'They go out of sight for every identity provider and out of the groups they are in. Their members are remembered; restoring them brings all of it back.',
        doneWord: 'Archived',
        isDangerous: true,
      }
    case 'restore':
      return {
        title: `Restore ${groups}?`,
        action: 'Restore them',
        consequence: 'They come back with their members. Whose name another group has by now is refused.',
        doneWord: 'Restored',
        isDangerous: false,
      }
    case 'purge':
      return {
        title: `Purge ${groups} for good?`,
        action: 'Purge them',
        consequence:
          'They are removed with their members and their history; the people stay. This cannot be undone; that it happened stays in the audit.',
        doneWord: 'Purged',
        isDangerous: true,
      }
    case 'take-back':
      return {
        title: `Take the identity provider’s name and members back for ${groups}?`,
        action: 'Take them back',
        consequence: 'What was edited by hand is replaced by what the identity provider wrote last.',
        doneWord: 'Taken back',
        isDangerous: false,
      }
    default:
      return unreachable(kind)
  }
}

interface Chosen {
  readonly directory: string
  readonly ids: readonly string[]
  readonly managed: number
}

/** An act on many groups, with its question. */
export function groupBulkAct(engine: EngineClient, kind: Kind, { directory, ids, managed }: Chosen): BulkAct {
  return {
    ...wordsOf(kind, amountText(ids.length, 'group')),
    ids,
    managed: kind === 'archive' ? managed : 0,
    ...(kind === 'archive' && {
      undo: (done: readonly string[]) => groupBulkAct(engine, 'restore', { directory, ids: done, managed: 0 }),
    }),
    open: (where, signal) =>
      engine.groups.bulk(
        { ...where, directory, ids: [...ids], action: { kind }, overManaged: where.overManaged },
        { signal },
      ),
  }
}

interface GroupBulkButtonsProps {
  readonly isArchived: boolean
  readonly onChoose: (kind: Kind) => void
}

/** What can be done to those that are selected. */
export function GroupBulkButtons({ isArchived, onChoose }: GroupBulkButtonsProps) {
  const acts: readonly (readonly [Kind, string])[] = isArchived
    ? [
        ['restore', 'Restore'],
        ['purge', 'Purge'],
      ]
    : [
        ['archive', 'Archive'],
        ['take-back', 'Take the identity provider’s values back'],
      ]
  return acts.map(([kind, label]) => (
    <Button key={kind} variant="default" onClick={() => onChoose(kind)}>
      {label}
    </Button>
  ))
}
