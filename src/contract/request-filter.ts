import { z } from 'zod'

/**
 * What a request can be found by. `text` is a bare word: anywhere in the URL, headers, bodies or explanation. `id` is a number, an
 * `X-Request-Id`, or numbers from `a..b`; `ms` is how long the answer took.
 */
export const requestFields = [
  'status',
  'method',
  'user',
  'group',
  'op',
  'path',
  'integration',
  'idp',
  'id',
  'from',
  'ms',
  'is',
  'since',
  'until',
  'text',
] as const

export const requestField = z.enum(requestFields)

/** One token of the filter box: `status:4xx`, `-path:/Schemas`, `op:"disable user"`. */
export const requestTerm = z.object({
  field: requestField,
  value: z.string().min(1).max(300),
  /** Written with a minus: what matches is left out. */
  isExcluded: z.boolean(),
})

/** All terms must hold. Several of one field, none of them excluded, are alternatives: `status:404 status:409`. */
export const requestFilter = z.array(requestTerm).max(30)

export type RequestField = z.infer<typeof requestField>
export type RequestTerm = z.infer<typeof requestTerm>

export type ParsedRequestFilter =
  | { readonly ok: true; readonly terms: readonly RequestTerm[] }
  /** `problem` is a sentence; `at` is where in the text, counted from 0. */
  | { readonly ok: false; readonly problem: string; readonly at: number }

const timeShape = [
  /^(?:\d{1,6}[smhd]|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z?)?)$/,
  'A time looks like 30m, 24h, 7d or 2026-03-04T16:05.',
] as const

/** What `is:` can ask for. */
export const requestKinds = ['pinned', 'failed', 'redacted'] as const

const shapes: { readonly [Field in RequestField]?: readonly [RegExp, string] } = {
  status: [/^[1-5](?:xx|\d\d)$/i, 'A status looks like 404 or 4xx.'],
  method: [/^[a-z]{1,20}$/i, 'A method is a word such as GET or PATCH.'],
  ms: [/^(?:[<>]=?\d{1,9}|\d{1,9}\.\.\d{1,9})$/, 'A duration in ms looks like >500, <10 or 100..500.'],
  is: [new RegExp(`^(?:${requestKinds.join('|')})$`, 'i'), 'A request is pinned, failed or redacted, as in is:pinned.'],
  since: timeShape,
  until: timeShape,
}

function fieldOf(name: string): RequestField | undefined {
  return requestFields.find((each) => each === name.toLowerCase())
}

/** Why a value cannot stand behind a field; undefined when it can. */
export function termProblem(field: RequestField, value: string): string | undefined {
  const [shape, problem] = shapes[field] ?? []
  if (value === '') return `Say what ${field} should be, as in ${field}:value.`
  if (value.length > 300) return 'A filter value can have at most 300 characters.'
  if (shape?.test(value) === false) return problem
  const [, from, to] = field === 'ms' || field === 'id' ? (/^(\d+)\.\.(\d+)$/.exec(value) ?? []) : []
  if (Number(from) > Number(to))
    return `Nothing is from ${from} to ${to}. The smaller number stands first: ${to}..${from}.`
  if (problem === timeShape[1] && !isTime(value)) return `There is no such time as ${value}.`
  return undefined
}

const spans: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

/** What a `since` or `until` means, in ms since the epoch: `30m` is a time ago, anything else a moment in UTC. NaN for one that is none. */
export function momentOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? []
  if (count !== undefined) return now - Number(count) * (spans.get(unit) ?? 0)
  return Date.parse(text.includes('T') && !text.endsWith('Z') ? `${text}Z` : text)
}

/** Whether a text of the shape of a time is one. `Date.parse` takes 30 February for 2 March. */
function isTime(text: string): boolean {
  if (Number.isNaN(momentOf(text, 0))) return false
  const [day] = /^\d{4}-\d\d-\d\d/.exec(text) ?? []
  return day === undefined || new Date(day).toISOString().startsWith(day)
}

/** Reads the text of the filter box. A value with blanks stands in quotes, in which `\"` is a quote. */
export function parseRequestFilter(text: string): ParsedRequestFilter {
  const terms: RequestTerm[] = []
  const token = /\s*(-)?(?:([a-z]+):)?(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))(?=\s|$)/iy
  let at = 0
  while (text.slice(at).trim() !== '') {
    token.lastIndex = at
    const found = token.exec(text)
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0)
    if (!found) return { ok: false, problem: unreadable(text.slice(start)), at: start }
    const [, minus, name, quoted, bare] = found
    if (bare?.endsWith(':') === true && fieldOf(bare.slice(0, -1)) !== undefined)
      return { ok: false, problem: unreadable(bare), at: start }
    const field = name === undefined ? 'text' : fieldOf(name)
    // What is no field belongs to the word itself, as in urn:ietf:params.
    const written = quoted === undefined ? (bare ?? '') : quoted.replaceAll(/\\(.)/g, '$1')
    const value = field === undefined ? `${name}:${written}` : written
    const problem = termProblem(field ?? 'text', value)
    if (problem !== undefined) return { ok: false, problem, at: start }
    terms.push({ field: field ?? 'text', value, isExcluded: minus !== undefined })
    at = token.lastIndex
  }
  if (terms.length > 30) return { ok: false, problem: 'A filter can have at most 30 terms.', at: 0 }
  return { ok: true, terms }
}

function unreadable(rest: string): string {
  const empty = /^-?([a-z]+):(?:\s|$)/i.exec(rest)
  if (empty) return `Say what ${empty[1]} should be, as in ${empty[1]}:value.`
  return rest.includes('"') ? 'A quote is not closed.' : 'That cannot be read as a filter.'
}

/** The text of one term, as `parseRequestFilter` reads it. */
export function formatRequestTerm({ field, value, isExcluded }: RequestTerm): string {
  const needsQuotes = /[\s"\\]/.test(value) || (field === 'text' && /^-|^[a-z]+:/i.test(value))
  const shown = needsQuotes ? `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"` : value
  return `${isExcluded ? '-' : ''}${field === 'text' ? '' : `${field}:`}${shown}`
}

/** What URNs and addresses begin with, which are often looked for as text. */
const wellKnownBeginnings: ReadonlySet<string> = new Set(['urn', 'http', 'https', 'w'])

/** The word before a colon in a text that looks like a field and is none: most likely a slip. */
export function unknownFieldIn({ field, value }: RequestTerm): string | undefined {
  const name = field === 'text' ? /^([a-z]+):\S/i.exec(value)?.[1] : undefined
  // In quotes a field's name is meant as text.
  return name === undefined || wellKnownBeginnings.has(name.toLowerCase()) || fieldOf(name) ? undefined : name
}

/** What joins or denies conditions elsewhere, and is nothing but a word here. */
const foreignWord = /^(?:and|or|not|&&|\|\|)$/i

/** Says what of a filter is most likely not meant as text, each thing once: it finds nothing as such, which must not look like good news. */
export function filterRemarks(terms: readonly RequestTerm[]): readonly string[] {
  const slips = terms.flatMap((term) => {
    const field = unknownFieldIn(term)
    return field === undefined ? [] : [`“${field}” is no field of the filter: “${term.value}” is searched for as text.`]
  })
  const words = terms.length > 1 ? terms.filter(({ field, value }) => field === 'text' && foreignWord.test(value)) : []
  const quoted = [...new Set(words.map(({ value }) => `“${value}”`))]
  if (quoted.length === 0) return [...new Set(slips)]
  return [
    ...new Set(slips),
    `${quoted.join(', ')} ${quoted.length === 1 ? 'is' : 'are'} searched for as text. Different fields must all hold, several of one field are alternatives, a minus in front leaves out.`,
  ]
}

/** The text of a whole filter. */
export function formatRequestFilter(terms: readonly RequestTerm[]): string {
  return terms.map(formatRequestTerm).join(' ')
}
