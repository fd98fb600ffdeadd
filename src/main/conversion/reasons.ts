import type { PlannedUser } from './plan/planned-user.ts'

const sentences: Readonly<Record<string, string>> = {
  'no-source': 'None of the sources has an address for this user.',
  'pattern-incomplete': 'An attribute that the pattern names has no value.',
  'not-ascii': 'A name in the pattern has letters that cannot be written in ASCII.',
  'other-domain': 'The address is in another domain.',
  'not-an-address': 'That is no valid e-mail address.',
  'not-a-short-name': 'That cannot be a short name: blanks, "@" and control characters are not allowed.',
  'local-administrator': 'Local administrators are protected: no identity provider sees them.',
  'scim-managed': 'An identity provider manages this user. Include SCIM-managed users if it is to be converted.',
  'wants-address': 'The integration that manages this user requires an e-mail address as userName.',
  'same-target': 'Another user would get the same user ID.',
  taken: 'Another user has this user ID.',
  'taken-archived': 'An archived user had this user ID and could not be restored any more.',
  blocked: 'Another user has this user ID and cannot give it up.',
  'long-cycle': 'Too many users would take over each other’s user IDs in a circle.',
  'renamed-since': 'The user has been renamed since.',
  'restored-since': 'The user was merged into another one and has been restored since.',
  'taken-since': 'Another user has this user ID by now.',
  'changed-since': 'The attributes that the address comes from have changed since the preview.',
  'archived-since': 'The user has been deleted since the preview.',
  gone: 'The user is gone.',
  'damaged-record':
    'The stored record of the user is damaged. Save the user again as a whole, with a PUT or in the console, or delete it.',
  'circle-broken': 'Users who take over each other’s user IDs are converted together, and one of them could not be.',
  'merge-target-gone': 'The user to be merged into is gone.',
  'merge-target-changed': 'The user to be merged into does not have the user ID that the preview gave it.',
  'merge-has-role': 'The user has a role, or an integration acts as it, so it cannot be merged away.',
  'undone-already': 'Another undo has given the old user ID back already.',
  chosen: 'You chose to leave this user.',
}

/** What a reason means, in a sentence for a person. */
export function reasonSentence(code: string): string {
  return sentences[code] ?? `${code}.`
}

/** Why a user of a preview is not converted, with how many others would get the same. */
export function plannedReason({ reason, others }: Pick<PlannedUser, 'reason' | 'others'>): string | undefined {
  if (reason === undefined) return undefined
  if (reason !== 'same-target' || others === undefined || others < 2) return reasonSentence(reason)
  return others < 1000
    ? `${others} other users would get the same user ID.`
    : 'A thousand or more other users would get the same user ID.'
}

/** All codes that have a sentence. */
export const knownReasons: readonly string[] = Object.keys(sentences)

/** What it means to convert users that an identity provider manages, in a sentence for whoever says so. */
export const includeScimConsequence =
  'An identity provider that still sends the old user IDs renames SCIM-managed users back, or creates them a second time: change its mapping of userName first.'
