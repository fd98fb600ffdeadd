import { describe, expect, it } from 'vitest'
import type { AttributePath } from './attribute-path.ts'
import { invalidPath } from '../error.ts'
import { createNotes } from '../note.ts'
import { parseAttributePath } from './parse-attribute-path.ts'
import { customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../urn.ts'

const parse = (text: string) => parseAttributePath(sampleModel, text, { unknown: 'error' })

function names(path: AttributePath) {
  return [path.schema?.id, path.attribute?.name, path.sub?.name]
}

describe('parseAttributePath', () => {
  it.each([
    ['userName', userSchemaUrn, 'userName', undefined],
    ['USERNAME', userSchemaUrn, 'userName', undefined],
    ['name.FAMILYname', userSchemaUrn, 'name', 'familyName'],
    ['emails.$ref', userSchemaUrn, 'emails', '$ref'],
    ['id', userSchemaUrn, 'id', undefined],
    ['meta.lastModified', userSchemaUrn, 'meta', 'lastModified'],
    [`${userSchemaUrn}:userName`, userSchemaUrn, 'userName', undefined],
    [`${userSchemaUrn}:meta.created`, userSchemaUrn, 'meta', 'created'],
    [`${enterpriseUserSchemaUrn.toUpperCase()}:Manager.VALUE`, enterpriseUserSchemaUrn, 'manager', 'value'],
  ])('resolves %s', (text, schema, attribute, sub) => {
    expect(names(parse(text))).toEqual([schema, attribute, sub])
  })

  it('finds a bare extension attribute, as Entra sends it, but lets the core schema win', () => {
    expect(names(parse('manager'))).toEqual([enterpriseUserSchemaUrn, 'manager', undefined])
    expect(parse('manager').extensionUrn).toBe(enterpriseUserSchemaUrn)
    expect(parse('title').extensionUrn).toBeUndefined()
    expect(parse(`${customSchemaUrn}:title`).extensionUrn).toBe(customSchemaUrn)
  })

  it('takes the value of an attribute with several simple values for the attribute (RFC 7643 §2.4)', () => {
    expect(names(parse(`${customSchemaUrn}:tags.VALUE`))).toEqual([customSchemaUrn, 'tags', undefined])
    expect(() => parse(`${customSchemaUrn}:tags.type`)).toThrow('has no sub-attribute "type"')
    expect(() => parse('title.value')).toThrow('has no sub-attribute "value"')
  })

  it("takes PingOne's email for emails", () => {
    expect(names(parse('Email.Value'))).toEqual([userSchemaUrn, 'emails', 'value'])
  })

  it('takes a dot behind the URN of a schema for the colon', () => {
    expect(names(parse(`${enterpriseUserSchemaUrn}.manager.value`))).toEqual([
      enterpriseUserSchemaUrn,
      'manager',
      'value',
    ])
    expect(names(parse(`${userSchemaUrn.toUpperCase()}.userName`))).toEqual([userSchemaUrn, 'userName', undefined])
    expect(() => parse(`${enterpriseUserSchemaUrn}.shoeSize`)).toThrow('has no attribute "shoeSize"')
    const notes = createNotes()
    const path = parseAttributePath(sampleModel, `${enterpriseUserSchemaUrn}.department`, { unknown: 'error', notes })
    expect(path.text).toBe(`${enterpriseUserSchemaUrn}.department`)
    expect(notes.list.map((note) => [note.code, note.taken])).toEqual([
      ['dot-after-urn', `${enterpriseUserSchemaUrn}:department`],
    ])
    const strict = { unknown: 'error', notes: createNotes(true) } as const
    expect(() => parseAttributePath(sampleModel, `${enterpriseUserSchemaUrn}.department`, strict)).toThrow(
      'has a dot after the URN',
    )
  })

  it('notes what departs from the RFC, and refuses it when strict', () => {
    const notes = createNotes()
    parseAttributePath(sampleModel, 'manager', { unknown: 'error', notes })
    parseAttributePath(sampleModel, 'email', { unknown: 'error', notes })
    expect(notes.list.map((note) => [note.code, note.path, note.taken])).toEqual([
      ['unqualified-extension-attribute', 'manager', `${enterpriseUserSchemaUrn}:manager`],
      ['attribute-alias', 'email', 'emails'],
    ])
    const strict = { unknown: 'error', notes: createNotes(true) } as const
    expect(() => parseAttributePath(sampleModel, 'email', strict)).toThrow('write emails')
  })

  it.each([
    ['shoeSize', 'The User resource type has no attribute "shoeSize".'],
    ['name.middle', 'The attribute name has no sub-attribute "middle".'],
    ['userName.value', 'The attribute userName has no sub-attribute "value".'],
    ['__proto__', '"__proto__" is not an attribute path'],
    ['constructor', 'The User resource type has no attribute "constructor".'],
    ['urn:other:2.0:User:title', 'No schema of the User resource type is called "urn:other:2.0:User".'],
    [`${enterpriseUserSchemaUrn}:userName`, `The schema ${enterpriseUserSchemaUrn} has no attribute "userName".`],
    [userSchemaUrn, 'names a schema; name one of its attributes'],
  ])('refuses %s by name', (text, detail) => {
    expect(() => parse(text)).toThrow(detail)
    expect(() => parse(text)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidFilter' }))
  })

  it.each([
    '',
    '.',
    'name.',
    '.name',
    'a..b',
    'name.a.b',
    '1st',
    'a b',
    'usern\u00e4me',
    'nic\u212Aname',
    `${userSchemaUrn}:`,
  ])('refuses %j although unknown names are tolerated', (text) => {
    const options = { unknown: 'tolerate', fail: invalidPath } as const
    expect(() => parseAttributePath(sampleModel, text, options)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidPath' }),
    )
  })

  it.each(['shoeSize', 'name.middle', 'urn:other:User:title', 'custom-name_1'])(
    'tolerates %s when asked to',
    (text) => {
      const path = parseAttributePath(sampleModel, text, { unknown: 'tolerate' })
      expect(path.text).toBe(text)
      expect(names(path)).toEqual([undefined, undefined, undefined])
    },
  )
})
