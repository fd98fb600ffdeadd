import type { Change } from '../../../contract/resource.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { unreachable } from '../../unreachable.ts'

/** What was done, in words: "Changed title and active". */
export function changeText(change: Change): string {
  switch (change.action) {
    case 'create':
      return 'Created'
    case 'replace':
    case 'patch':
      return changed('Changed', change)
    case 'archive':
      return 'Archived'
    case 'restore':
      return 'Restored'
    case 'purge':
      return 'Purged'
    case 'import':
      return change.attributes.length === 0 ? 'Imported' : changed('Imported', change)
    case 'members':
      return membersText(change)
    case 'role':
      return 'Given another role'
    case 'rename':
      return 'Given another userName by a conversion'
    case 'release':
      return 'Made local: its integration was deleted'
    default:
      return unreachable(change.action)
  }
}

/** `urn:…:User:department` is called `department`. */
export function shortName(attribute: string): string {
  return attribute.includes(':') ? attribute.slice(attribute.lastIndexOf(':') + 1) : attribute
}

function changed(verb: string, { attributes }: Change): string {
  const names = attributes.map((each) => (each.name.startsWith('urn:') ? extensionName(each.name) : each.name))
  if (names.length === 0) return verb
  const [last = '', ...others] = names.toReversed()
  return others.length === 0 ? `${verb} ${last}` : `${verb} ${others.toReversed().join(', ')} and ${last}`
}

function extensionName(urn: string): string {
  return urn.includes(':enterprise:') ? 'enterprise attributes' : 'custom attributes'
}

function membersText({ members }: Change): string {
  if (!members) return 'Changed members'
  const parts = [
    members.addedCount === 0 ? '' : `${amountText(members.addedCount, 'member')} added`,
    members.removedCount === 0 ? '' : `${amountText(members.removedCount, 'member')} removed`,
  ].filter((each) => each !== '')
  return parts.length === 0 ? 'Changed members' : parts.join(', ')
}

/** Who did it: where a person did, or the slug of an integration. */
export function actorText(actor: string): string {
  if (actor === 'console') return 'a person, in the console'
  if (actor === 'command line') return 'a person, on the command line'
  return actor
}
