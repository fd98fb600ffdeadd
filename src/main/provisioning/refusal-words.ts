/** Why nothing gets in, by the code of the trace's note, as the end of a sentence. */
export function refusalWords(reason: string): string {
  switch (reason) {
    case 'token-expired':
      return 'the token has expired'
    case 'token-revoked':
      return 'the token was replaced or revoked'
    case 'token-elsewhere':
    case 'other-integration':
      return 'the token belongs to another integration'
    case 'integration-disabled':
      return 'the integration is switched off'
    case 'administrator-inactive':
      return 'its SCIM administrator can no longer act'
    default:
      return 'the token is not known here'
  }
}
