import type { Role, UserDetail } from '../../../contract/users.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { isolated } from '../../components/text/isolated.ts'
import { roleNames } from '../directory/role-names.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { unreachable } from '../../unreachable.ts'

/** What can be done to one person beside editing. */
export type UserAct =
  | { readonly kind: 'activate' | 'deactivate' | 'archive' | 'restore' | 'purge' }
  | { readonly kind: 'role'; readonly role: Role }

/** A question before an act. */
export interface ActQuestion {
  readonly title: string
  readonly action: string
  readonly text: string
  readonly isDangerous: boolean
}

/** What fits on a button. */
const longestOnButton = 32

const nameOf = ({ displayName, userName }: UserDetail) => displayName ?? userName

function managed(user: UserDetail): string {
  if (user.source === 'local') return ''
  return ` ${sourceWord(user)} manages this person and may undo it the next time it writes.`
}

function acted({ actsFor }: UserDetail): string {
  if (actsFor.length === 0) return ''
  const [first] = actsFor
  const who =
    actsFor.length === 1 ? `The integration ${isolated(first?.name ?? '')} acts` : `${actsFor.length} integrations act`
  return ` ${who} as this person: from then on each of its requests fails until another SCIM administrator is chosen.`
}

/** What is asked before an act; undefined for one that is undone as easily as it is done. */
export function questionOf(user: UserDetail, act: UserAct): ActQuestion | undefined {
  const name = isolated(nameOf(user))
  const onButton = name.length > longestOnButton ? 'this person' : name
  switch (act.kind) {
    case 'restore':
      return undefined
    case 'activate':
      return user.source === 'local'
        ? undefined
        : { title: `Activate ${name}?`, action: 'Activate', text: managed(user).trim(), isDangerous: false }
    case 'deactivate':
      return user.source === 'local' && user.actsFor.length === 0
        ? undefined
        : {
            title: `Deactivate ${name}?`,
            action: 'Deactivate',
            text: `${name} stays in the directory and keeps all memberships.${acted(user)}${managed(user)}`,
            isDangerous: user.actsFor.length > 0,
          }
    case 'role':
      return act.role !== 'user' || user.actsFor.length === 0
        ? undefined
        : {
            title: `Make ${name} a User?`,
            action: `Make ${roleNames.user}`,
            text: acted(user).trim(),
            isDangerous: true,
          }
    case 'archive': {
      const direct = user.groups.filter((each) => each.isDirect).length
      const leaves =
        direct === 0
          ? '. A restore brings the person back.'
          : ` and leaves ${amountText(direct, 'group')}. A restore brings both back.`
      return {
        title: `Archive ${name}?`,
        action: `Archive ${onButton}`,
        text: user.isHidden
          ? `${name} leaves the list of users, and is hidden from identity providers already. A restore brings the person back.`
          : `${name} goes out of sight for every identity provider${leaves}${
              user.source === 'scim'
                ? ` ${sourceWord(user)} manages this person, finds it gone, and may create it anew.`
                : ''
            }`,
        isDangerous: true,
      }
    }
    case 'purge':
      return {
        title: `Purge ${name} for good?`,
        action: `Purge ${onButton}`,
        text: `${user.userName} is removed with every attribute, membership and the whole history. This cannot be undone; that it happened stays in the audit.`,
        isDangerous: true,
      }
    default:
      return unreachable(act)
  }
}
