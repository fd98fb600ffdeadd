import type { AnswerError } from './error-explanation.ts'

export const entraQuarantine = 'Entra ID puts the job into quarantine when nearly every call is answered like this.'

/** Why a request is refused for its token. The first of equals wins, as in the whole catalogue. */
export const tokenErrors: readonly AnswerError[] = [
  {
    id: 'token-missing',
    title: '401 · no token',
    status: 401,
    codes: ['token-missing'],
    meaning: 'The request carried no token, so that nobody knows which integration it belongs to.',
    nextStep:
      'Paste the token into the identity provider’s field for it. If it is there already, a proxy in between removes the header Authorization: let it pass.',
    idps: {
      okta: 'Choose the authentication mode HTTP Header in Okta; it adds the word Bearer by itself.',
    },
  },
  {
    id: 'token-revoked',
    title: '401 · the token was replaced or revoked',
    status: 401,
    codes: ['token-revoked'],
    meaning: 'The token belonged to this integration and was voided by a rotation or by hand.',
    nextStep: 'Paste the newest token into the identity provider; if it is lost, issue another one.',
    idps: { entra: entraQuarantine },
  },
  {
    id: 'token-slip',
    title: '401 · the token was not pasted as it is',
    status: 401,
    codes: ['token-slip'],
    meaning:
      'Something came with the token, or a part of it is missing, which its form alone tells; the trace says what.',
    nextStep:
      'Empty the identity provider’s field for the token, copy the token anew and paste it alone. A token is shown once only: if it is lost, issue another one.',
    idps: {
      okta: 'With the authentication mode HTTP Header Okta adds the word Bearer by itself.',
    },
  },
  {
    id: 'not-bearer',
    title: '401 · not a bearer token',
    status: 401,
    codes: ['not-bearer'],
    meaning:
      'The header Authorization holds something else than the word Bearer, a blank and one token: a user name and a password, for example, or the token without that word.',
    nextStep:
      'Choose the bearer token as the way to authenticate in the identity provider, which may call it HTTP header or OAuth bearer token, and paste the token alone. Where you write the whole header yourself, put Bearer and a blank before the token.',
    idps: { okta: 'Choose the authentication mode HTTP Header in Okta; it adds the word Bearer by itself.' },
  },
  {
    id: 'token-jwt',
    title: '401 · the token is another system’s',
    status: 401,
    codes: ['token-jwt'],
    meaning:
      'The request carried a JSON Web Token, which the identity provider made itself or got from a token server, and not the token of the integration.',
    nextStep:
      'Choose a fixed bearer token as the way to authenticate in the identity provider, issue a new token here and paste it there.',
    idps: {
      entra:
        'With an empty Secret token Entra ID sends a token of Microsoft’s own, which only its gallery apps understand: fill in the Secret token.',
    },
  },
  {
    id: 'token-expired',
    title: '401 · the token has expired',
    status: 401,
    codes: ['token-expired'],
    meaning: 'The token was right once, and its time is over.',
    nextStep: 'Issue a new token under Integrations › Tokens, and paste it into the identity provider.',
    idps: { entra: entraQuarantine },
  },
  {
    id: 'token-elsewhere',
    title: '401 · the token is for another SCIM URL',
    status: 401,
    codes: ['other-integration'],
    meaning: 'The token is right for one integration, and the URL is that of another one, or of none that is here.',
    nextStep:
      'The trace names both. Copy SCIM URL and token from the same integration into the identity provider; if the URL is the right one, issue a new token there.',
  },
  {
    id: 'token-unknown',
    title: '401 · the token is wrong',
    status: 401,
    meaning:
      'No integration knows the token, though it looks like one: a letter was changed, or it comes from another Rollcall.',
    nextStep: 'Issue a new token and paste it anew, without blanks around it. Then test the connection there.',
    idps: {
      entra: entraQuarantine,
      okta: 'Okta says “Error authenticating: Unauthorized” in its test of the connector.',
    },
  },
  {
    id: 'wrong-tokens',
    title: '429 · too many wrong tokens',
    status: 429,
    codes: ['wrong-tokens'],
    meaning:
      'More than ten requests with a wrong token came from one address within a minute. It is only those that are put off: the right token is served as ever, from the same address too.',
    nextStep: 'Mend the token in the identity provider. The trace says what is wrong with it.',
    idps: { entra: 'Entra ID reports it as a test that failed, or tries again by itself with the same token.' },
  },
]
