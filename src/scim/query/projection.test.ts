import { describe, expect, it } from 'vitest'
import { attribute } from '../model/attribute.ts'
import type { Resource } from '../json/json.ts'
import { createModels } from '../model/models.ts'
import { createNotes } from '../note.ts'
import { project } from './project.ts'
import { parseProjection, type ProjectionParameters } from './projection.ts'
import { createResourceModel } from '../model/resource-model.ts'
import { alice as sample, customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn, userSchemaUrn } from '../urn.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const { user, group } = createModels([{ name: 'costBucket', type: 'string', multiValued: false, urn: acme }])

const alice: Resource = {
  schemas: [userSchemaUrn, enterpriseUserSchemaUrn, acme],
  id: 'a1',
  externalId: 'ext',
  userName: 'alice',
  name: { givenName: 'Alice', familyName: 'Moss' },
  emails: [
    { value: 'a@example.com', type: 'work', primary: true },
    { value: 'b@example.com', type: 'home' },
  ],
  groups: [{ value: 'g1', display: 'Eng' }],
  meta: { resourceType: 'User', version: 'W/"1"' },
  [enterpriseUserSchemaUrn]: { department: 'Sales', manager: { value: 'm1', displayName: 'Max' } },
  [acme]: { costBucket: 'x' },
}

const show = (parameters: ProjectionParameters, resource = alice) =>
  project(resource, parseProjection(user, parameters, createNotes()))

const always = { schemas: alice['schemas'], id: 'a1' }

describe('attributes, RFC 7644 §3.9', () => {
  it('leaves an empty list empty, whatever is asked of its elements', () => {
    const empty: Resource = { schemas: [groupSchemaUrn], id: 'g', displayName: 'Eng', members: [] }
    const shown = (parameters: ProjectionParameters) =>
      project(empty, parseProjection(group, parameters, createNotes()))['members']
    for (const attributes of ['members', 'members.value', 'members.display,members.type'])
      expect([attributes, shown({ attributes })]).toEqual([attributes, []])
    for (const excludedAttributes of ['members.display', 'displayName'])
      expect([excludedAttributes, shown({ excludedAttributes })]).toEqual([excludedAttributes, []])
  })

  it('takes the value of an attribute with several simple values for the attribute (RFC 7643 §2.4)', () => {
    const projection = parseProjection(sampleModel, { attributes: `${customSchemaUrn}:tags.value` }, createNotes())
    expect(project(sample, projection)[customSchemaUrn]).toEqual({ tags: ['Red', 'blue'] })
  })

  it('shows id and schemas alone for attributes=id', () => {
    const projection = parseProjection(user, { attributes: 'id' }, createNotes())
    expect(project(alice, projection)).toEqual(always)
    expect(projection.onlyIds).toBe(true)
    expect(projection.wants('groups')).toBe(false)
  })

  it.each([
    ['userName', { userName: 'alice' }],
    ['USERNAME, externalid', { userName: 'alice', externalId: 'ext' }],
    ['name.GivenName', { name: { givenName: 'Alice' } }],
    ['name.givenName,name', { name: alice['name'] }],
    ['emails.value', { emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }] }],
    ['emails.primary', { emails: [{ primary: true }] }],
    ['emails[type eq "work"].value', { emails: [{ value: 'a@example.com' }, { value: 'b@example.com' }] }],
    ['meta.version', { meta: { version: 'W/"1"' } }],
    [`${userSchemaUrn}:userName`, { userName: 'alice' }],
    [acme, { [acme]: { costBucket: 'x' } }],
    [`${acme.toUpperCase()}:COSTBUCKET`, { [acme]: { costBucket: 'x' } }],
    [`${enterpriseUserSchemaUrn}:manager.value`, { [enterpriseUserSchemaUrn]: { manager: { value: 'm1' } } }],
    [`${enterpriseUserSchemaUrn}.manager.value`, { [enterpriseUserSchemaUrn]: { manager: { value: 'm1' } } }],
    ['urn:scim:schemas:extension:enterprise:1.0:department', { [enterpriseUserSchemaUrn]: { department: 'Sales' } }],
    [
      'urn:scim:schemas:extension:enterprise:1.0',
      { [enterpriseUserSchemaUrn]: { department: 'Sales', manager: { value: 'm1', displayName: 'Max' } } },
    ],
    ['department', { [enterpriseUserSchemaUrn]: { department: 'Sales' } }],
  ])('shows %s', (attributes, expected) => {
    expect(show({ attributes })).toEqual({ ...always, ...expected })
    expect(show({ attributes: attributes.split(',') })).toEqual({ ...always, ...expected })
  })

  it('takes the core URN for all core attributes', () => {
    const { [enterpriseUserSchemaUrn]: _, [acme]: __, ...core } = alice
    expect(show({ attributes: userSchemaUrn })).toEqual(core)
  })

  it('ignores an unknown name with a note', () => {
    const notes = createNotes()
    expect(project(alice, parseProjection(user, { attributes: 'userName,nope,urn:x:y' }, notes))).toEqual({
      ...always,
      userName: 'alice',
    })
    expect(notes.list.map(({ code, seen }) => [code, seen])).toEqual([
      ['unknown-attribute-asked', 'nope'],
      ['unknown-attribute-asked', 'urn:x:y'],
    ])
  })

  it('leaves few notes about very many unknown names', () => {
    const notes = createNotes()
    parseProjection(user, { attributes: Array.from({ length: 5000 }, (_, index) => `x${index}`) }, notes)
    expect(notes.list.length).toBeLessThan(20)
  })
})

describe('excludedAttributes, RFC 7644 §3.9', () => {
  it('leaves out the members of a group and says that they need not be loaded', () => {
    const projection = parseProjection(group, { excludedAttributes: 'MEMBERS' }, createNotes())
    expect(projection.wants('members')).toBe(false)
    expect(projection.wants('displayName')).toBe(true)
    expect(project({ id: 'g', displayName: 'Eng', members: [{ value: 'a' }] }, projection)).toEqual({
      id: 'g',
      displayName: 'Eng',
    })
  })

  it('cannot leave out what is always returned', () => {
    expect(show({ excludedAttributes: ['id', 'schemas', userSchemaUrn, enterpriseUserSchemaUrn, acme] })).toEqual(
      always,
    )
  })

  it('leaves out sub-attributes', () => {
    const shown = show({ excludedAttributes: `name.familyName,emails.value,${enterpriseUserSchemaUrn}:manager` })
    expect(shown['name']).toEqual({ givenName: 'Alice' })
    expect(shown['emails']).toEqual([{ type: 'work', primary: true }, { type: 'home' }])
    expect(shown[enterpriseUserSchemaUrn]).toEqual({ department: 'Sales' })
  })

  it('gives way to attributes, and is refused beside them when strict', () => {
    const both = { attributes: 'userName', excludedAttributes: 'userName' }
    const notes = createNotes()
    expect(project(alice, parseProjection(user, both, notes))).toEqual({ ...always, userName: 'alice' })
    expect(notes.list[0]?.code).toBe('attributes-and-excluded')
    expect(() => parseProjection(user, both, createNotes(true))).toThrow('exclude each other')
  })
})

describe('the characteristic "returned", RFC 7643 §7', () => {
  it('answers without a copy when there is nothing to hide', () => {
    const projection = parseProjection(user, {}, createNotes())
    expect(projection.isEverything).toBe(true)
    expect(project(alice, projection)).toBe(alice)
  })

  it.each([{}, { attributes: 'password' }, { attributes: userSchemaUrn }, { excludedAttributes: 'title' }])(
    'never shows a password for %j',
    (parameters) => expect(show(parameters, { ...alice, password: 'secret' })).not.toHaveProperty('password'),
  )

  it('shows what is returned on request only then, and what is always returned always', () => {
    const model = createResourceModel(
      user,
      {
        id: userSchemaUrn,
        name: 'User',
        description: '',
        attributes: [
          attribute({ name: 'rare', description: '', returned: 'request' }),
          attribute({
            name: 'box',
            description: '',
            type: 'complex',
            subAttributes: [
              attribute({ name: 'key', description: '', returned: 'always' }),
              attribute({ name: 'open', description: '' }),
              attribute({ name: 'hidden', description: '', returned: 'request' }),
            ],
          }),
        ],
      },
      [],
    )
    const resource = { id: '1', schemas: ['x'], rare: 'r', box: { key: 'k', open: 'o', hidden: 'h' } }
    const see = (parameters: ProjectionParameters) =>
      project(resource, parseProjection(model, parameters, createNotes()))
    const base = { id: '1', schemas: ['x'] }
    expect(see({})).toEqual({ ...base, box: { key: 'k', open: 'o' } })
    expect(see({ attributes: 'rare' })).toEqual({ ...base, rare: 'r' })
    expect(see({ attributes: 'box.hidden' })).toEqual({ ...base, box: { key: 'k', hidden: 'h' } })
    expect(see({ attributes: 'box' })).toEqual({ ...base, box: { key: 'k', open: 'o' } })
    expect(see({ excludedAttributes: 'box' })).toEqual({ ...base, box: { key: 'k' } })
  })
})
