import type { RefusalRemedy } from '../../../contract/provisioning.ts'

/** Why nothing gets in, by the code of the trace's note, as the end of a sentence. */
export function refusalWords(reason: string): string {
  switch (reason) {
    case 'token-expired':
      return 'the token has expired'
    case 'token-revoked':
      return 'the token was replaced or revoked'
    case 'other-integration':
      return 'they came to a SCIM URL that is not its own'
    case 'integration-disabled':
      return 'the integration is switched off'
    case 'administrator-inactive':
      return 'its SCIM administrator can no longer act'
    default:
      return 'the token is not known here'
  }
}

/** What is to be put right so that requests get in again. */
export function refusalRemedy(reason: string): RefusalRemedy {
  switch (reason) {
    case 'other-integration':
      return 'address'
    case 'administrator-inactive':
      return 'administrator'
    default:
      return 'token'
  }
}
