/** How a token was pasted that opens nothing, by the kind that the endpoint tells from its form: what is so, and what to do. */
export const tokenSlips: Readonly<Record<string, string>> = {
  quotes: 'Quotation marks came with the token. Paste it without them.',
  brackets: 'Brackets came with the token, as in a placeholder. Paste it without them.',
  'bearer-twice':
    'The word Bearer stands twice in the Authorization header: the identity provider puts it there by itself. Paste the token alone.',
  'bearer-missing':
    'The Authorization header holds the token alone. Put the word Bearer and a blank before it, or choose the bearer token as the way to authenticate, so that the identity provider does so.',
  'bearer-sign':
    'A sign stands between the word Bearer and the token. A blank alone belongs there: "Authorization: Bearer …".',
  'header-name':
    'The name of the header was pasted along with its value. Paste the token alone, or "Bearer …" where the whole value is wanted.',
  'line-break': 'A line break came with the token. Paste it again without what follows it.',
  blank:
    'A blank, a tab or a sign that cannot be seen came with the token. Copy it anew with its own button, and paste it into an empty field.',
  more: 'Something stands before or behind the token. Paste the token alone.',
  'cut-off':
    'The token is shorter than one of Rollcall: a part of it was not copied. Copy it anew with its own button.',
  'too-long':
    'The token is longer than one of Rollcall: it was pasted twice, or behind what was there. Empty the field first.',
  'letter-case':
    'Letters of the token came in another case than they have. Paste it into a field that leaves them alone.',
  address: 'An address came in place of the token: the two fields were mixed up.',
  foreign:
    'What came in place of the token does not begin with "rc_", as every token of Rollcall does: it is that of another system, or its beginning is missing.',
}
