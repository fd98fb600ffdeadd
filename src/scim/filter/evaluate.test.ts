import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../json/json.ts'
import { alice, customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../urn.ts'
import { createMatcher, isPresent, matches } from './evaluate.ts'
import type { Filter } from './filter.ts'
import { parseFilter } from './parse.ts'
import { randomFilter, randomUser } from './random-filter.fixture.ts'

const holds = (text: string, resource: JsonObject = alice) =>
  matches(parseFilter(sampleModel, text, { unknownAttribute: 'noMatch' }), resource)

describe('matches', () => {
  it.each([
    'userName eq "ALICE@EXAMPLE.COM"',
    'displayName eq "alice strauss"',
    'displayName ew "SS"',
    'name.familyName sw "STRAUSS"',
    'id eq "a1B2"',
    'externalId sw "EXT"',
    'profileUrl ew "/Alice"',
    'active eq "True"',
    'active ne false',
    'level eq 7',
    'level gt 6.5',
    'rate le 2.5',
    'hiredAt eq "2019-12-31T23:00:00Z"',
    'hiredAt lt "2020-01-01T00:00:00Z"',
    'meta.created ge "2026-01-02T04:04:05.006+01:00"',
    'userName gt "alic"',
    'userName lt "ALICF"',
    'emails eq "ALICE@home.example"',
    'emails.type eq "home"',
    'emails[type eq "home" and primary eq true]',
    'emails[type eq "work"].value eq "Alice@example.com"',
    'emails[not (primary pr)]',
    'emails[type eq "work" and primary eq false]',
    'emails.primary eq false',
    'name[givenName eq "alice"]',
    'manager eq "M1"',
    'manager.displayName eq null',
    `schemas eq "${userSchemaUrn}"`,
    'tags eq "RED"',
    'tags co "lu"',
    'name pr',
    'tags pr',
    'tags[value eq "red"]',
    'tags[value sw "b" and not (Value co "x")]',
    `${customSchemaUrn}:title eq "custom"`,
    'userName co ""',
  ])('%s', (text) => {
    expect(holds(text)).toBe(true)
  })

  it.each([
    'id eq "A1B2"',
    'externalId eq "ext-1"',
    'manager eq "m1"',
    'profileUrl eq "https://example.com/alice"',
    'title eq "custom"',
    'title pr',
    'title lt "z"',
    'title co ""',
    'active eq false',
    'level lt 7',
    'emails[type eq "work" and primary eq true]',
    'emails[type eq "work"].value eq "alice@home.example"',
    'emails[type eq "other"].value eq null',
    'nickName pr',
    'shoeSize eq 42',
    'shoeSize pr',
    'shoeSize[size eq 42]',
    'tags[value eq "green"]',
    'tags[value sw "r" and value ew "e"]',
    'x509Certificates pr',
  ])('not: %s', (text) => {
    expect(holds(text)).toBe(false)
  })

  it('takes ne for true when there is no value, or when any value differs', () => {
    expect(holds('title ne "x"')).toBe(true)
    expect(holds('userName ne "alice@example.com"')).toBe(false)
    expect(holds('emails.type ne "work"')).toBe(true)
    expect(holds('not (emails.type eq "work")')).toBe(false)
    expect(holds('emails.type ne "work"', { emails: [{ type: 'WORK' }] })).toBe(false)
    expect(holds('emails.type ne "work"', { emails: [] })).toBe(true)
    expect(holds('emails.type ne "work"', { emails: [{ value: 'x' }] })).toBe(true)
    expect(holds('shoeSize ne 42')).toBe(true)
  })

  it.each([[null], [''], [[]], [{}], [[{}]], [{ a: null, b: [] }]])('takes %j for not present', (value) => {
    expect(isPresent(value)).toBe(false)
    expect(holds('title pr', { title: value })).toBe(false)
    expect(holds('title eq null', { title: value })).toBe(true)
  })

  it.each([[false], [0], ['x'], [[false]], [{ a: 0 }], [[{}, { a: 'x' }]]])('takes %j for present', (value) => {
    expect(isPresent(value)).toBe(true)
  })

  it('survives values nested beyond all reason', () => {
    const deep: unknown = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000))
    expect(isPresent(Array.isArray(deep) ? deep : undefined)).toBe(true)
  })

  it('takes values of another JSON type for unequal and without order', () => {
    const wrong = { userName: 5, active: 'true', [customSchemaUrn]: { level: '7', hiredAt: 'soon' } }
    for (const text of [
      'userName eq "5"',
      'active eq true',
      'level eq 7',
      'level ge 0',
      'hiredAt le "2026-01-01T00:00:00Z"',
    ]) {
      expect(holds(text, wrong)).toBe(false)
    }
    for (const text of ['userName ne "5"', 'active ne true', 'level ne 7', 'hiredAt ne "2026-01-01T00:00:00Z"']) {
      expect(holds(text, wrong)).toBe(true)
    }
  })

  it('reads an extension only under its URN', () => {
    expect(holds('manager eq "M1"', { manager: { value: 'M1' } })).toBe(false)
    expect(holds(`${customSchemaUrn}:title pr`, { title: 'core' })).toBe(false)
    expect(holds('manager eq "M1"', { [enterpriseUserSchemaUrn]: null })).toBe(false)
  })

  it('does not see what objects inherit', () => {
    const holder: JsonObject = Object.create({ title: 'inherited' })
    expect(holds('title pr', holder)).toBe(false)
  })

  it('orders text by code point', () => {
    expect(holds('title gt "\uFF5E"', { title: '\u{1F600}' })).toBe(true)
    expect(holds('profileUrl gt "\uFF21"', { profileUrl: '\u{1F600}' })).toBe(true)
  })
})

const and = (...operands: readonly Filter[]): Filter => ({ kind: 'and', operands })
const or = (...operands: readonly Filter[]): Filter => ({ kind: 'or', operands })
const not = (operand: Filter): Filter => ({ kind: 'not', operand })

describe('laws', () => {
  it('keeps to De Morgan and to double negation', () => {
    fc.assert(
      fc.property(randomFilter, randomFilter, randomUser, (a, b, user) => {
        expect(matches(not(and(a, b)), user)).toBe(matches(or(not(a), not(b)), user))
        expect(matches(not(or(a, b)), user)).toBe(matches(and(not(a), not(b)), user))
        expect(matches(not(not(a)), user)).toBe(matches(a, user))
      }),
    )
  })

  it('has le as lt or eq, ge as gt or eq, and ne whenever eq fails', () => {
    fc.assert(
      fc.property(randomFilter, randomUser, (filter, user) => {
        if (filter.kind !== 'compare' || typeof filter.value === 'boolean') return
        const check = createChecker(filter, user)
        expect(check('le')).toBe(check('lt') || check('eq'))
        expect(check('ge')).toBe(check('gt') || check('eq'))
        expect(check('eq') || check('ne')).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('gives a prepared matcher no memory', () => {
    fc.assert(
      fc.property(randomFilter, fc.array(randomUser, { maxLength: 4 }), (filter, users) => {
        const matcher = createMatcher(filter)
        expect(users.map(matcher)).toEqual(users.map((user) => matches(filter, user)))
      }),
    )
  })
})

function createChecker(filter: Extract<Filter, { kind: 'compare' }>, user: JsonObject) {
  return (operator: (typeof filter)['operator']) => matches({ ...filter, operator }, user)
}
