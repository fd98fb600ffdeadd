import {
  formatRequestTerm,
  requestFields,
  requestKinds,
  type RequestField,
} from '../../../../contract/request-filter.ts'

/** Something that the filter box offers while somebody types. */
export interface Suggestion {
  /** What stands in the box when it is chosen: a whole token, or a field with its colon. */
  readonly text: string
  /** Whether the token is complete, so that it becomes a chip. */
  readonly isWhole: boolean
  readonly description: string
}

/** What can be offered that only the engine or the list knows. */
export interface FilterKnowledge {
  readonly integrations: readonly { readonly slug: string; readonly name: string }[]
  /** Phrases of the requests in view, the most frequent first. */
  readonly phrases: readonly string[]
  /** Addresses that requests in view came from. */
  readonly addresses: readonly string[]
  /** Names that the engine found for what is typed behind `user:` or `group:`. */
  readonly names: readonly string[]
}

const descriptions: { readonly [Field in Exclude<RequestField, 'text'>]: string } = {
  status: 'the answer: 404, or 4xx for all of them',
  method: 'GET, POST, PUT, PATCH, DELETE',
  user: 'a person: userName, name or id',
  group: 'a group: its name or id',
  op: 'what it was about: “disable user”',
  path: 'a part of the URL',
  integration: 'whose token it came with',
  idp: 'who sent it, as far as that can be told',
  id: 'its number, its X-Request-Id, or numbers from a..b',
  from: 'the address it came from',
  ms: 'how long the answer took: >500, <10, 100..500',
  is: 'pinned, failed or redacted',
  since: 'not older: 30m, 2h, 7d, or a time in UTC',
  until: 'not newer',
}

const values: { readonly [Field in RequestField]?: readonly (readonly [value: string, description: string])[] } = {
  status: [
    ['2xx', 'answered well'],
    ['4xx', 'refused'],
    ['5xx', 'failed'],
    ['400', 'not understood'],
    ['401', 'not let in'],
    ['403', 'not allowed'],
    ['404', 'not there'],
    ['409', 'conflict'],
    ['412', 'changed meanwhile'],
    ['429', 'too many requests'],
    ['503', 'paused'],
  ],
  method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((each) => [each, '']),
  path: ['/Users', '/Groups', '/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/Bulk', '/Me', '/.search'].map(
    (each) => [each, ''],
  ),
  idp: [
    ['entra', 'Entra ID'],
    ['okta', 'Okta'],
    ['onelogin', 'OneLogin'],
    ['jumpcloud', 'JumpCloud'],
    ['ping', 'Ping'],
    ['google', 'Google'],
    ['cyberark', 'CyberArk'],
    ['authentik', 'authentik'],
    ['keycloak', 'Keycloak'],
  ],
  ms: ['>100', '>500', '>1000', '>5000'].map((each) => [each, '']),
  is: requestKinds.map((each) => [each, '']),
  since: [
    ['15m', 'the last 15 minutes'],
    ['1h', 'the last hour'],
    ['24h', 'the last day'],
    ['7d', 'the last week'],
  ],
  until: [
    ['15m', 'older than 15 minutes'],
    ['1h', 'older than an hour'],
    ['24h', 'older than a day'],
  ],
}

function valuesOf(field: RequestField, known: FilterKnowledge): readonly (readonly [string, string])[] {
  switch (field) {
    case 'integration':
      return known.integrations.map(({ slug, name }) => [slug, name])
    case 'op':
      return known.phrases.map((each) => [each, ''])
    case 'from':
      return known.addresses.map((each) => [each, ''])
    case 'user':
    case 'group':
      return known.names.map((each) => [each, ''])
    default:
      return values[field] ?? []
  }
}

const most = 12

/** The field whose value is being typed, and the value so far. */
export function typedField(draft: string): { readonly field: RequestField; readonly value: string } | undefined {
  const [, name, value = ''] = /^-?([a-z]+):"?([^"]*)$/i.exec(draft.trimStart()) ?? []
  const field = requestFields.find((each) => each !== 'text' && each === name?.toLowerCase())
  return field && { field, value }
}

/** What to offer for what stands in the box: fields first, then values of the one that was chosen. */
export function suggestionsFor(draft: string, known: FilterKnowledge): readonly Suggestion[] {
  const text = draft.trimStart()
  const isExcluded = text.startsWith('-')
  const minus = isExcluded ? '-' : ''
  const typed = typedField(text)
  if (typed) {
    const { field, value } = typed
    return valuesOf(field, known)
      .filter(([each, description]) => `${each} ${description}`.toLowerCase().includes(value.toLowerCase()))
      .slice(0, most)
      .map(([each, description]) => ({
        text: formatRequestTerm({ field, value: each, isExcluded }),
        isWhole: true,
        description,
      }))
  }
  const word = text.slice(minus.length).toLowerCase()
  if (/[\s":]/.test(word)) return []
  return requestFields.flatMap((field) =>
    field !== 'text' && field.startsWith(word)
      ? { text: `${minus}${field}:`, isWhole: false, description: descriptions[field] }
      : [],
  )
}
