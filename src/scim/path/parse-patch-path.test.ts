import { describe, expect, it } from 'vitest'
import { matches } from '../filter/evaluate.ts'
import { createNotes } from '../note.ts'
import { parsePatchPath } from './parse-patch-path.ts'
import { sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../urn.ts'

const parse = (text: string) => parsePatchPath(sampleModel, text)

describe('parsePatchPath (RFC 7644 §3.5.2)', () => {
  it.each([
    ['userName', userSchemaUrn, 'userName', undefined],
    [' active ', userSchemaUrn, 'active', undefined],
    ['name.familyName', userSchemaUrn, 'name', 'familyName'],
    ['emails.value', userSchemaUrn, 'emails', 'value'],
    ['manager', enterpriseUserSchemaUrn, 'manager', undefined],
    [`${enterpriseUserSchemaUrn}:department`, enterpriseUserSchemaUrn, 'department', undefined],
    [`${enterpriseUserSchemaUrn.toUpperCase()}:manager.value`, enterpriseUserSchemaUrn, 'manager', 'value'],
    ['emails[type eq "work"]', userSchemaUrn, 'emails', undefined],
    ['emails[type eq "other"].Value', userSchemaUrn, 'emails', 'value'],
    [`${userSchemaUrn}:emails[type eq "work"].$ref`, userSchemaUrn, 'emails', '$ref'],
  ])('resolves %s', (text, schema, attribute, sub) => {
    const path = parse(text)
    expect(path.kind).toBe('attribute')
    expect([path.schema?.id, path.attribute?.name, path.sub?.name]).toEqual([schema, attribute, sub])
    expect(path.text).toBe(text)
    expect(path.filter !== undefined).toBe(text.includes('['))
  })

  it('gives the filter relative to one element', () => {
    const { filter } = parse('emails[type eq "WORK" and primary eq "True"].value')
    expect(filter && matches(filter, { type: 'work', primary: true })).toBe(true)
    expect(filter && matches(filter, { type: 'work' })).toBe(false)
  })

  it('reads brackets, quotes and dots inside a value as text', () => {
    const { filter } = parse(String.raw`emails[value eq "a].b\"c["].type`)
    expect(filter && matches(filter, { value: 'a].b"c[' })).toBe(true)
  })

  it('takes a schema URN for the extension as a whole', () => {
    const path = parse(enterpriseUserSchemaUrn.toLowerCase())
    expect(path).toMatchObject({ kind: 'schema', schema: { id: enterpriseUserSchemaUrn } })
  })

  it.each([
    ['shoeSize', '"shoeSize"'],
    ['name.middle', '"middle"'],
    ['userName.value', '"value"'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department', '2.0User'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0User', 'enterprise'],
    ['shoes[size eq 42].colour', '"shoes"'],
    ['emails[colour eq "red"]', '"colour"'],
    ['emails[type eq "work"].colour', '"colour"'],
  ])('returns %s as unknown and says why', (text, reason) => {
    const path = parse(text)
    expect(path.kind === 'unknown' && path.reason).toContain(reason)
    expect([path.schema, path.attribute, path.filter, path.sub]).toEqual([undefined, undefined, undefined, undefined])
  })

  it.each([
    '',
    '  ',
    '/userName',
    'user Name',
    'name.',
    'a.b.c',
    '[type eq "work"]',
    'emails]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].',
    'emails[type eq "work"].a.b',
    'emails[type eq "work"].value[type eq "x"]',
    'emails[type eq "work"] and active',
    'emails.value[type eq "work"]',
    'userName[value eq "x"]',
    'x'.repeat(10_001),
  ])('refuses %j with invalidPath', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidPath' }))
  })

  it.each([
    'emails[',
    'emails[]',
    'emails[type eq "work"',
    'emails[type]',
    'emails[type eq "work] .value',
    'emails[type[a eq 1]]',
  ])('refuses the filter in %j with invalidFilter', (text) => {
    expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }))
  })

  it("notes the dialect of Entra's boolean text", () => {
    const notes = createNotes()
    parsePatchPath(sampleModel, 'emails[primary eq "True"].value', { notes })
    expect(notes.list).toEqual([
      { step: 'parse', code: 'boolean-as-text', path: 'primary', seen: 'True', taken: 'true' },
    ])
  })
})
