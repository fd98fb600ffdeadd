/** What is wrong with a path at which nothing answers, by the kind that the endpoint tells from it, and what to do. */
export const urlSlips: Readonly<Record<string, string>> = {
  base: 'It is the address that other paths begin with, and answers nothing itself. If the identity provider sent this, its path to the users is empty: it is /Users.',
  'endpoint-behind':
    'The SCIM URL was pasted with an end such as /Users, which the identity provider puts there by itself. Take it away.',
  twice:
    'An end such as /scim/v2 stands twice: the identity provider puts it there by itself, or it was pasted behind the whole SCIM URL. Take one of the two away.',
  'no-version': 'The SCIM URL ends in /v2, and that is missing.',
  'no-path': 'The host alone was pasted: the SCIM URL goes on with /scim and the name of the integration.',
  'no-start': 'The SCIM URL begins with /scim behind the host, and that is missing.',
  singular: 'The paths are called /Users and /Groups, in the plural.',
  sign: 'A blank, a quotation mark or an encoded slash came with the SCIM URL. Empty the field and paste it anew.',
}
