import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ScimError } from '../error.ts'
import { createNotes } from '../note.ts'
import { customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn } from '../urn.ts'
import type { Filter } from './filter.ts'
import { parseFilter, type FilterOptions } from './parse.ts'
import { printFilter, randomFilter } from './random-filter.fixture.ts'

const parse = (text: string, options?: FilterOptions) => parseFilter(sampleModel, text, options)

/** The filter with its paths shown as the canonical names they were resolved to, and everything parenthesised. */
function outline(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${filter.operands.map(outline).join(` ${filter.kind} `)})`
    case 'not':
      return `not ${outline(filter.operand)}`
    case 'present':
      return `${pathName(filter.path)} pr`
    case 'compare':
      return `${pathName(filter.path)} ${filter.operator} ${JSON.stringify(filter.value)}`
    default:
      return `${pathName(filter.path)}[${outline(filter.filter)}]`
  }
}

function pathName(path: Extract<Filter, { kind: 'present' }>['path']): string {
  return [path.attribute?.name ?? '?', path.sub?.name].filter((each) => each !== undefined).join('.')
}

function failure(text: string, options?: FilterOptions): string {
  try {
    parse(text, options)
    return 'no failure'
  } catch (error) {
    return error instanceof ScimError && error.status === 400 && error.scimType === 'invalidFilter'
      ? error.detail
      : `not invalidFilter: ${String(error)}`
  }
}

describe('parseFilter (RFC 7644 §3.4.2.2)', () => {
  it.each([
    ['userName eq "bjensen"', 'userName eq "bjensen"'],
    ['username Eq "x"', 'userName eq "x"'],
    ['name.familyName co "O\'Malley"', 'name.familyName co "O\'Malley"'],
    ['title pr', 'title pr'],
    ['title PR AND NOT (active EQ true)', '(title pr and not active eq true)'],
    ['title pr and active eq true or level gt 3', '((title pr and active eq true) or level gt 3)'],
    ['title pr or active eq true and level gt 3', '(title pr or (active eq true and level gt 3))'],
    ['(title pr or active eq true) and level gt 3', '((title pr or active eq true) and level gt 3)'],
    ['not (title pr) or active eq true', '(not title pr or active eq true)'],
    ['NOT(title pr)and(active eq true)', '(not title pr and active eq true)'],
    [
      'title pr and (active eq true and (level gt 3 and rate lt 1))',
      '(title pr and active eq true and level gt 3 and rate lt 1)',
    ],
    ['  ( ( title   pr ) )  ', 'title pr'],
    ['emails[type eq "work" and value co "@x"]', 'emails[(type eq "work" and value co "@x")]'],
    ['emails[ type eq "work" ] and title pr', '(emails[type eq "work"] and title pr)'],
    ['emails[not (type eq "work") or (value pr)]', 'emails[(not type eq "work" or value pr)]'],
    ['emails.value sw "a"', 'emails.value sw "a"'],
    ['schemas eq "urn:x"', 'schemas eq "urn:x"'],
    [`${enterpriseUserSchemaUrn}:department eq "R"`, 'department eq "R"'],
    [`URN${customSchemaUrn.slice(3)}:TITLE eq "R"`, 'title eq "R"'],
    [`${enterpriseUserSchemaUrn}:manager[value eq "1"]`, 'manager[value eq "1"]'],
    ['userName eq ""', 'userName eq ""'],
  ])('parses %s', (text, expected) => {
    expect(outline(parse(text))).toBe(expected)
  })

  it('parses what it prints', () => {
    fc.assert(
      fc.property(randomFilter, (filter) => {
        expect(parse(printFilter(filter))).toEqual(filter)
      }),
      { numRuns: 300 },
    )
  })

  it('never fails but with invalidFilter, whatever the text', () => {
    const piece = fc.constantFrom(
      ...'userName|emails|eq|pr|and|or|not|not (|(|)|[|]|"|"x"|.value|\\|type|true|null|1e5|{|:| '.split('|'),
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(' ')),
    )
    fc.assert(
      fc.property(text, (each) => {
        expect(failure(each)).not.toContain('not invalidFilter')
      }),
    )
  })
})

describe('values', () => {
  it.each([
    [String.raw`title eq "a\"b\\c\/d\b\f\n\r\t\u00e9\uD83D\uDE00"`, 'a"b\\c/d\b\f\n\r\té😀'],
    ['title eq "and) ] (x"', 'and) ] (x'],
    ['level eq 7', 7],
    ['level eq "7"', 7],
    ['rate eq -2.5E1', -25],
    ['active eq true', true],
    ['active eq False', false],
    ['active ne "TRUE"', true],
    ['meta.created gt "2026-01-01T00:00:00Z"', '2026-01-01T00:00:00.000Z'],
    ['hiredAt le "2026-01-01T01:00:00.5+01:00"', '2026-01-01T00:00:00.500Z'],
    ['hiredAt eq "2026-01-01T00:00:00"', '2026-01-01T00:00:00.000Z'],
    ['userName eq bob@example.com', 'bob@example.com'],
    ['(userName eq bob@example.com)', 'bob@example.com'],
    ['externalId eq 12345', '12345'],
    ['title eq true', 'true'],
    ['title eq "null"', 'null'],
  ])('%s compares with %j', (text, value) => {
    expect(parse(text)).toMatchObject({ kind: 'compare', value })
  })

  it('takes null for not present', () => {
    expect(outline(parse('title eq null'))).toBe('not title pr')
    expect(outline(parse('title ne NULL'))).toBe('title pr')
    expect(outline(parse('manager eq null'))).toBe('not manager pr')
    expect(outline(parse('active eq null'))).toBe('not active pr')
  })

  it.each([
    ['active eq "yes"', 'Expected true or false for "active" at position 11, but found "yes".'],
    ['active gt true', 'The operator gt does not apply to "active", which is of type boolean.'],
    ['active co "t"', 'The operator co does not apply to "active"'],
    ['level co 7', 'The operator co does not apply to "level"'],
    ['level eq "seven"', 'Expected a number for "level"'],
    ['level eq 1e999', 'Expected a number for "level"'],
    ['level eq 0x10', 'Expected a number for "level"'],
    ['meta.created sw "2026"', 'does not apply to "meta.created"'],
    ['meta.created gt "2026-02-30T00:00:00Z"', 'Expected a date and time such as'],
    ['x509Certificates gt "a"', 'The operator gt does not apply to "x509Certificates", which is of type binary.'],
    ['title gt null', 'The operator gt cannot compare "title" with null; use eq or ne.'],
    ['title eq "a\u0000"', 'contains the character NUL'],
    [String.raw`title eq "\u0000"`, 'contains the character NUL'],
    ['title eq a\u0000', 'contains the character NUL'],
    ['title eq "\uD800"', 'contains half of a surrogate pair'],
    [String.raw`title eq "\uDC00"`, 'contains half of a surrogate pair'],
    [String.raw`userName eq "DOMAIN\jsmith \"J\""`, 'Expected a JSON escape such as \\" or \\\\ at position 20'],
    [String.raw`title eq "\u12\\"`, 'Expected a JSON escape'],
    ['title eq "open', 'The text that begins at position 10 has no closing double quote.'],
    [String.raw`title eq "open\"`, 'has no closing double quote'],
    ["title eq 'x'", 'Expected a value in double quotes, a number, true, false or null at position 10'],
  ])('refuses %j', (text, detail) => {
    expect(failure(text)).toContain(detail)
  })
})

describe('complex attributes', () => {
  it.each([
    ['emails eq "x"', 'emails.value eq "x"'],
    ['email Co "x"', 'emails.value co "x"'],
    ['id eq "1" and manager eq "2"', '(id eq "1" and manager.value eq "2")'],
    ['emails pr', 'emails pr'],
    ['name pr', 'name pr'],
    ['emails[type eq "work"].value eq "x"', 'emails[(type eq "work" and value eq "x")]'],
    ['emails[type eq "work"] eq "x" or title pr', '(emails[(type eq "work" and value eq "x")] or title pr)'],
    ['emails[type eq "work"] and title pr', '(emails[type eq "work"] and title pr)'],
    [
      'emails[type eq "work" and primary eq true].value pr and title pr',
      '(emails[(type eq "work" and primary eq true and value pr)] and title pr)',
    ],
    ['emails[type eq "a" or type eq "b"].value ne "x"', 'emails[((type eq "a" or type eq "b") and value ne "x")]'],
    ['emails[type eq "work"].value eq null', 'emails[(type eq "work" and not value pr)]'],
  ])('reads %s', (text, expected) => {
    expect(outline(parse(text))).toBe(expected)
  })

  it.each([
    ['name eq "x"', '"name" is complex and has no value to compare'],
    ['userName[value eq "x"]', '"userName" has no sub-attributes'],
    ['emails.value[value eq "x"]', '"emails.value" has no sub-attributes'],
    ['emails[colour eq "x"]', 'The attribute emails has no sub-attribute "colour".'],
    ['emails[type eq "x"].colour eq "x"', 'The attribute emails has no sub-attribute "colour".'],
    ['emails[emails.type eq "x"]', '"emails.type" is not a sub-attribute such as type or value.'],
    ['emails[type[x pr]]', 'a value filter cannot stand in another'],
    ['emails[type eq "x"].', '"" is not a sub-attribute'],
  ])('refuses %s', (text, detail) => {
    expect(failure(text)).toContain(detail)
  })
})

describe('errors', () => {
  it.each([
    ['', 'The filter is empty.'],
    [' ', 'The filter is empty.'],
    ['userName%20eq%20%22ana%22', 'still percent-encoded'],
    ['userName+eq+%22ana%22', 'still percent-encoded'],
    [
      'userName',
      'Expected one of the operators eq, ne, co, sw, ew, gt, ge, lt, le and pr at position 9, but found the end.',
    ],
    ['userName is "x"', 'position 10, but found "is \\"x\\"".'],
    [
      'userName eq',
      'Expected a value in double quotes, a number, true, false or null at position 12, but found the end.',
    ],
    ['userName eq )', 'position 13, but found ")".'],
    [
      String.raw`userName eq \"ana\"`,
      'Expected a value in double quotes, a number, true, false or null at position 13',
    ],
    ['userName eq "a" "b"', 'Expected "and", "or" or the end of the filter at position 17'],
    ['displayName eq Bob (EU)', 'Expected "and", "or" or the end of the filter at position 20, but found "(EU)".'],
    ['(title pr', 'Expected "and", "or" or ")" at position 10, but found the end.'],
    ['title pr)', 'Expected "and", "or" or the end of the filter at position 9'],
    ['title pr and', 'Expected an attribute, "not" or "(" at position 13, but found the end.'],
    ['not title pr', 'Expected "(" after not at position 5'],
    ['emails[type eq "x"', 'Expected "and", "or" or "]"'],
    ['emails[]', 'Expected an attribute, "not" or "(" at position 8'],
    ['shoeSize eq 42', 'The User resource type has no attribute "shoeSize".'],
    ['password eq "secret"', '"password" is never returned and cannot be searched for.'],
    ['password pr', '"password" is never returned'],
    ['__proto__ eq "x"', '"__proto__" is not an attribute path'],
  ])('says what is wrong with %j', (text, detail) => {
    expect(failure(text)).toContain(detail)
  })

  it('keeps the error short when the filter is long', () => {
    expect(failure(`${'x'.repeat(9_000)} eq 1`).length).toBeLessThan(400)
  })
})

const chain = (count: number) => Array.from({ length: count }, () => 'id pr').join(' or ')

describe('limits', () => {
  it.each(['(', 'not(', 'not (', 'emails[', 'emails[type eq "a" and ('])('survives 5,000 times %j', (opening) => {
    const text = opening.repeat(5_000)
    const limit = text.length > 10_000 ? 'the limit is 10000 characters' : 'the limit of 50 levels'
    expect(failure(text)).toContain(limit)
    const deep = { maxLength: 1_000_000 }
    expect(failure(text, deep)).toMatch(
      /the limit of 50 levels|a value filter cannot stand in another|has no sub-attribute/,
    )
  })

  it('allows 50 levels and no more', () => {
    expect(outline(parse(`${'('.repeat(50)}title pr${')'.repeat(50)}`))).toBe('title pr')
    expect(failure(`${'('.repeat(51)}title pr${')'.repeat(51)}`)).toContain('the limit of 50 levels')
    expect(outline(parse(Array.from({ length: 100 }, () => '(title pr)').join(' and ')))).toContain(
      'title pr and title pr',
    )
  })

  it('allows 500 comparisons and no more', () => {
    expect(parse(chain(500))).toMatchObject({ kind: 'or' })
    expect(failure(chain(501))).toContain('more comparisons than the limit of 500')
    expect(failure(chain(3), { maxComparisons: 2 })).toContain('the limit of 2')
  })
})

describe('unknown attributes in a search across resource types (RFC 7644 §3.4.2.1)', () => {
  it.each([
    ['shoeSize eq 42 or title pr', '(? eq 42 or title pr)'],
    ['members eq "x"', '? eq "x"'],
    ['members[value eq "x" and type gt true]', '?[(? eq "x" and ? gt true)]'],
    ['urn:other:Group:owner.name sw a', '? sw "a"'],
  ])('keeps %s as a path without an attribute', (text, expected) => {
    expect(outline(parse(text, { unknownAttribute: 'noMatch' }))).toBe(expected)
  })

  it('still refuses bad syntax', () => {
    expect(failure('shoe size eq 42', { unknownAttribute: 'noMatch' })).toContain('position 6')
  })
})

describe('a value of several words without quotes', () => {
  it.each([
    ['displayName eq Sales Team', 'displayName eq "Sales Team"'],
    ['userName Eq  ana  maria ', 'userName eq "ana  maria"'],
    ['active eq true and displayName eq Sales Team', '(active eq true and displayName eq "Sales Team")'],
  ])('goes to the end: %s', (text, expected) => {
    expect(outline(parse(text))).toBe(expected)
  })

  it.each([
    'userName eq bob adn active eq true',
    'userName eq a b or',
    'userName eq a "b"',
    '(userName eq a b)',
    'emails[value eq a b]',
    'active eq true x',
  ])('is refused where it may be more than a value: %s', (text) => {
    expect(failure(text)).toContain('Expected ')
  })

  it('is refused with what no text can hold', () => {
    expect(failure('userName eq a \0b')).toContain('NUL')
    expect(failure('userName eq a \ud800b')).toContain('surrogate')
  })
})

describe('a value with quotes that are not escaped', () => {
  it.each([
    ['displayName eq "The "A" Team"', 'The "A" Team'],
    ['displayName Eq ""A" Team" ', '"A" Team'],
    ['displayName eq "Team "A""', 'Team "A"'],
    ['displayName eq "5" pipes"', '5" pipes'],
    ['displayName eq "The "Rock and Roll" Team (EU)"', 'The "Rock and Roll" Team (EU)'],
    ['displayName eq "Chez "Le Monde""', 'Chez "Le Monde"'],
  ])('goes to the last of them: %s', (text, value) => {
    expect(parse(text)).toMatchObject({ kind: 'compare', operator: 'eq', value })
  })

  it.each([
    'displayName co "The "A" Team"',
    'displayName ne "The "A" Team"',
    'displayName eq "The "A" Team',
    'displayName eq "The "A" Team" and active eq true',
    'active eq true and displayName eq "The "A" Team"',
    '(displayName eq "The "A" Team")',
    'not (displayName eq "The "A" Team")',
    'emails[value eq "The "A" Team"]',
    'emails[type eq "work"].value eq "The "A" Team"',
    'displayName eq "A" or "B"',
    'displayName eq "A", "B"',
    'userName eq "ana" adn displayName eq "B"',
    String.raw`displayName eq "The \"A\" "B" Team"`,
  ])('is refused where it may be more than a value: %s', (text) => {
    expect(failure(text)).toContain('Expected ')
  })

  it('is refused with what no text can hold', () => {
    expect(failure('displayName eq "a "b\0" c"')).toContain('NUL')
  })

  it('is any filter that the grammar knows first', () => {
    expect(outline(parse('title eq "a" or title eq "b "'))).toBe('(title eq "a" or title eq "b ")')
  })
})

describe('notes', () => {
  it.each([
    ['userName eq bob', 'unquoted-value'],
    [String.raw`userName eq "CORP\jim"`, 'unescaped-backslash'],
    ['displayName eq "The "A" Team"', 'unescaped-quotes'],
    ['active eq "True"', 'boolean-as-text'],
    ['level eq "7"', 'number-as-text'],
    ['hiredAt gt "2026-01-01T00:00:00"', 'date-time-without-zone'],
    ['hiredAt gt "2026-01-01"', 'date-without-time'],
    ['email eq "x"', 'attribute-alias'],
    ['manager eq "x"', 'unqualified-extension-attribute'],
    ['emails[type eq "work"].value eq "x"', 'sub-attribute-after-value-filter'],
    ['emails[type eq "work"] eq "x"', 'sub-attribute-after-value-filter'],
  ])('%s is noted, and refused when strict', (text, code) => {
    const notes = createNotes()
    const urn = text.startsWith('level') || text.startsWith('hiredAt') ? `${customSchemaUrn}:` : ''
    parse(urn + text, { notes })
    expect(notes.list.map((note) => note.code)).toEqual([code])
    expect(failure(urn + text, { notes: createNotes(true) })).toContain('This integration is strict. ')
  })

  it('takes an escape that is as the book has it for nothing else when strict', () => {
    const text = String.raw`userName eq "CORP\bob"`
    expect(parse(text).kind).toBe('or')
    expect(parse(text, { notes: createNotes(true) })).toMatchObject({ kind: 'compare', value: 'CORP\bob' })
  })

  it('has nothing to say about a filter by the book', () => {
    const notes = createNotes(true)
    parse(`userName eq "x" and emails co "y" and ${enterpriseUserSchemaUrn}:manager.value eq null`, { notes })
    expect(notes.list).toEqual([])
  })
})
