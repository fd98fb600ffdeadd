import { Button, Menu } from '@mantine/core'
import type { EngineClient } from '../../../contract/contract.ts'
import type { UserBulkAction } from '../../../contract/users.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { unreachable } from '../../unreachable.ts'
import type { BulkAct } from '../directory/bulk-dialog.tsx'
import { roleNames, roles } from '../directory/role-names.ts'

interface Words {
  readonly title: string
  readonly action: string
  readonly consequence: string
  readonly doneWord: string
  readonly isDangerous?: boolean
  /** An IdP has no say in it. */
  readonly isOurs?: boolean
}

function wordsOf(action: UserBulkAction, people: string): Words {
  switch (action.kind) {
    case 'activate':
      return {
        title: `Activate ${people}?`,
        action: 'Activate them',
        consequence: 'They may sign in again.',
        doneWord: 'Activated',
      }
    case 'deactivate':
      return {
        title: `Deactivate ${people}?`,
        action: 'Deactivate them',
        consequence: 'They stay in the directory and keep their memberships.',
        doneWord: 'Deactivated',
      }
    case 'role':
      return {
        title: `Make ${people} ${roleNames[action.role]}?`,
        action: `Make them ${roleNames[action.role]}`,
        consequence:
          action.role === 'administrator'
            ? 'Local administrators go out of sight for SCIM: no identity provider lists, matches or changes them.'
            : 'The last active Administrator keeps the role.',
        doneWord: 'Changed',
        isOurs: true,
      }
    case 'archive':
      return {
        title: `Archive ${people}?`,
        action: 'Archive them',
        consequence:
          'They go out of sight for every identity provider and leave their groups. Restoring them brings the memberships back as well.',
        doneWord: 'Archived',
        isDangerous: true,
      }
    case 'restore':
      return {
        title: `Restore ${people}?`,
        action: 'Restore them',
        consequence: 'They come back with their memberships. Whose userName somebody else has by now is refused.',
        doneWord: 'Restored',
        isOurs: true,
      }
    case 'purge':
      return {
        title: `Purge ${people} for good?`,
        action: 'Purge them',
        consequence:
          'They are removed with every attribute and their history. This cannot be undone; that it happened stays in the audit.',
        doneWord: 'Purged',
        isDangerous: true,
        isOurs: true,
      }
    case 'take-back':
      return {
        title: `Take the values of the identity provider back for ${people}?`,
        action: 'Take them back',
        consequence: 'What was edited by hand is replaced by what the identity provider wrote last.',
        doneWord: 'Taken back',
        isOurs: true,
      }
    default:
      return unreachable(action)
  }
}

/** What takes an act back. */
function reverseOf(action: UserBulkAction): UserBulkAction | undefined {
  if (action.kind === 'archive') return { kind: 'restore' }
  if (action.kind === 'activate') return { kind: 'deactivate' }
  return action.kind === 'deactivate' ? { kind: 'activate' } : undefined
}

interface Chosen {
  readonly directory: string
  readonly ids: readonly string[]
  readonly managed: number
}

/** An act on many people, with its question. */
export function userBulkAct(
  engine: EngineClient,
  action: UserBulkAction,
  { directory, ids, managed }: Chosen,
): BulkAct {
  const { isOurs = false, isDangerous = false, ...words } = wordsOf(action, amountText(ids.length, 'person', 'people'))
  const reverse = reverseOf(action)
  return {
    ...words,
    isDangerous,
    ids,
    managed: isOurs ? 0 : managed,
    ...(reverse && {
      undo: (done) => ({ ...userBulkAct(engine, reverse, { directory, ids: done, managed: 0 }), isUndo: true }),
    }),
    open: (where, signal) =>
      engine.users.bulk({ ...where, directory, ids: [...ids], action, overManaged: where.overManaged }, { signal }),
  }
}

interface UserBulkButtonsProps {
  readonly isArchived: boolean
  readonly onChoose: (action: UserBulkAction) => void
}

/** What can be done to those who are selected. */
export function UserBulkButtons({ isArchived, onChoose }: UserBulkButtonsProps) {
  if (isArchived)
    return (
      <>
        <Button variant="default" onClick={() => onChoose({ kind: 'restore' })}>
          Restore
        </Button>
        <Button variant="default" onClick={() => onChoose({ kind: 'purge' })}>
          Purge
        </Button>
      </>
    )
  return (
    <>
      <Button variant="default" onClick={() => onChoose({ kind: 'activate' })}>
        Activate
      </Button>
      <Button variant="default" onClick={() => onChoose({ kind: 'deactivate' })}>
        Deactivate
      </Button>
      <Button variant="default" onClick={() => onChoose({ kind: 'archive' })}>
        Archive
      </Button>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default">More</Button>
        </Menu.Target>
        <Menu.Dropdown>
          {roles.map((role) => (
            <Menu.Item key={role} onClick={() => onChoose({ kind: 'role', role })}>
              Make {roleNames[role]}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => onChoose({ kind: 'take-back' })}>
            Take the identity provider’s values back
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
