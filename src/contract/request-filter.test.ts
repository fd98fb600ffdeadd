import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  filterRemarks,
  formatRequestFilter,
  momentOf,
  parseRequestFilter,
  requestFields,
  termProblem,
  unknownFieldIn,
} from './request-filter.ts'

function parsed(text: string): readonly string[] {
  const result = parseRequestFilter(text)
  if (!result.ok) throw new Error(result.problem)
  return result.terms.map(({ field, value, isExcluded }) => `${isExcluded ? 'not ' : ''}${field}=${value}`)
}

test('reads tokens, quotes, minus signs and bare words', () => {
  expect(parsed('status:4xx method:PATCH user:ana op:"disable user" -path:/Schemas')).toEqual([
    'status=4xx',
    'method=PATCH',
    'user=ana',
    'op=disable user',
    'not path=/Schemas',
  ])
  expect(parsed('  timeout "two words" -"not these" ')).toEqual([
    'text=timeout',
    'text=two words',
    'not text=not these',
  ])
  expect(parsed('')).toEqual([])
})

test('reads durations, kinds and ranges of numbers', () => {
  expect(parsed('ms:>500 ms:100..200 -is:pinned id:12..40')).toEqual([
    'ms=>500',
    'ms=100..200',
    'not is=pinned',
    'id=12..40',
  ])
})

test('a time ago is counted from now, any other is in UTC', () => {
  expect(momentOf('2h', 10_000_000)).toBe(10_000_000 - 7_200_000)
  expect(momentOf('2026-03-04T16:05', 0)).toBe(Date.UTC(2026, 2, 4, 16, 5))
  expect(momentOf('2026-03-04', 0)).toBe(Date.UTC(2026, 2, 4))
})

test('what is no field belongs to the word', () => {
  expect(parsed('urn:ietf:params:scim')).toEqual(['text=urn:ietf:params:scim'])
  expect(parsed('USER:Ana')).toEqual(['user=Ana'])
})

test.each([
  ['status:9xx', 'A status looks like 404 or 4xx.', 0],
  ['ok user:', 'Say what user should be, as in user:value.', 3],
  ['op:"disable', 'A quote is not closed.', 0],
  ['since:tomorrow', 'A time looks like 30m, 24h, 7d or 2026-03-04T16:05.', 0],
  ['until:2026-13-41', 'There is no such time as 2026-13-41.', 0],
  ['until:2026-02-30T10:00', 'There is no such time as 2026-02-30T10:00.', 0],
  ['ms:500..100', 'Nothing is from 500 to 100. The smaller number stands first: 100..500.', 0],
  ['id:1300..1200', 'Nothing is from 1300 to 1200. The smaller number stands first: 1200..1300.', 0],
  ['ms:500', 'A duration in ms looks like >500, <10 or 100..500.', 0],
  ['is:new', 'A request is pinned, failed or redacted, as in is:pinned.', 0],
])('%s is refused in a sentence', (text, problem, at) => {
  expect(parseRequestFilter(text)).toEqual({ ok: false, problem, at })
})

test.each([
  ['stauts:4xx', 'stauts'],
  ['-Bogus:thing', 'Bogus'],
  ['status:4xx', undefined],
  ['"status:4xx"', undefined],
  ['urn:ietf:params:scim', undefined],
  ['https://example.com', undefined],
  ['plain', undefined],
])('of %s it tells what looks like a field and is none', (text, name) => {
  const result = parseRequestFilter(text)
  expect(result.ok && result.terms.map(unknownFieldIn)).toEqual([name])
})

test.each([
  ['status:4xx AND user:ana', '“AND” is searched for as text. Different fields must all hold'],
  ['status:404 or status:409', '“or” is searched for as text.'],
  ['not is:failed', '“not” is searched for as text.'],
  ['stauts:404 user:ana', '“stauts” is no field of the filter'],
])('of %s it says what is searched for as text', (text, remark) => {
  const result = parseRequestFilter(text)
  expect(result.ok && filterRemarks(result.terms)).toEqual([expect.stringContaining(remark)])
})

test.each(['since:2028-02-29', 'until:2026-03-04T24:00', 'until:2026-12-31T23:59:59.999Z', 'ms:5..5', 'id:mx0-2..1'])(
  '%s is a filter',
  (text) => {
    expect(parseRequestFilter(text)).toMatchObject({ ok: true })
  },
)

test('of a filter with several slips it tells each, once', () => {
  const result = parseRequestFilter('stauts:4xx AND metod:GET AND -user:ana OR stauts:4xx')
  expect(result.ok && filterRemarks(result.terms)).toEqual([
    '“stauts” is no field of the filter: “stauts:4xx” is searched for as text.',
    '“metod” is no field of the filter: “metod:GET” is searched for as text.',
    expect.stringMatching(/^“AND”, “OR” are searched for as text\. Different fields must all hold/),
  ])
})

test.each(['or', 'user:or status:404', '"and so on" status:404', 'status:404 -path:/Schemas'])(
  'of %s there is nothing to say',
  (text) => {
    const result = parseRequestFilter(text)
    expect(result.ok && filterRemarks(result.terms)).toEqual([])
  },
)

test('what it writes it reads again', () => {
  const term = fc
    .record({
      field: fc.constantFrom(...requestFields),
      value: fc.string({ minLength: 1, maxLength: 30 }),
      isExcluded: fc.boolean(),
    })
    .filter(({ field, value }) => termProblem(field, value) === undefined && value.trim() !== '')
  fc.assert(
    fc.property(fc.array(term, { maxLength: 5 }), (terms) => {
      expect(parseRequestFilter(formatRequestFilter(terms))).toEqual({ ok: true, terms })
    }),
  )
})
