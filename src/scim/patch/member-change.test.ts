import { describe, expect, it } from 'vitest'
import { ScimError } from '../error.ts'
import { createModels } from '../model/models.ts'
import { createNotes } from '../note.ts'
import { patchOpUrn } from '../urn.ts'
import { applyPatch } from './apply-patch.ts'
import { isMembersOperation, memberChange, type MemberChange } from './member-change.ts'
import { parsePatch } from './parse-patch.ts'

const { group, user } = createModels([])

function changes(...operations: readonly unknown[]): readonly MemberChange[] {
  const parsed = parsePatch(group, { schemas: [patchOpUrn], Operations: operations }, createNotes())
  return parsed.filter(isMembersOperation).map(memberChange)
}

describe('members of a group', () => {
  it.each([
    [
      {
        op: 'Add',
        path: 'members',
        value: [
          { $ref: null, value: 'a' },
          { value: 'b', display: 'B' },
        ],
      },
    ],
    [{ op: 'add', path: 'MEMBERS', value: ['a', 'b', 'a'] }],
    [{ op: 'add', value: { members: [{ value: 'a' }, { value: 'b' }] } }],
    [
      {
        op: 'add',
        path: 'urn:ietf:params:scim:schemas:core:2.0:Group:members',
        value: [{ value: 'a' }, { value: 'b' }],
      },
    ],
    [{ op: 'add', path: 'members.value', value: ['a', 'b'] }],
    [{ op: 'add', path: 'members', value: '[{"value":"a"},{"value":"b"}]' }],
    [
      {
        op: 'add',
        path: 'members',
        value: [{ $ref: 'https://idp.test/scim/v2/Users/a' }, { $ref: '../Groups/b/', value: null }],
      },
    ],
  ])('are added by %j', (operation) => {
    expect(changes(operation)).toEqual([{ kind: 'add', values: ['a', 'b'] }])
  })

  it.each([
    [{ op: 'add', path: 'members', value: { value: 'a' } }],
    [{ op: 'replace', path: 'members[value eq "a"]', value: { value: 'a' } }],
    [{ op: 'Replace', path: 'members[value eq "a"].value', value: 'a' }],
    [{ op: 'add', path: 'members[value eq "a"]', value: null }],
    [{ op: 'Add', path: 'members[type eq "User"].value', value: 'a' }],
    [{ op: 'Replace', path: 'members[type eq "untyped"].value', value: [{ $ref: null, value: 'a' }] }],
  ])('are added one by one by %j', (operation) => {
    expect(changes(operation)).toEqual([{ kind: 'add', values: ['a'] }])
  })

  it('are told apart from attributes where an add has no path, and refused when the integration is strict', () => {
    const body = { schemas: [patchOpUrn], Operations: [{ op: 'add', value: [{ value: 'a', display: 'A' }] }] }
    const notes = createNotes()
    expect(parsePatch(group, body, notes).map(memberChange)).toEqual([{ kind: 'add', values: ['a'] }])
    expect(notes.list.map((each) => each.code)).toEqual(['members-without-path'])
    expect(() => parsePatch(group, body, createNotes(true))).toThrow('"path": "members"')
    const other = { ...body, Operations: [{ op: 'add', value: [{ value: 'a', displayName: 'A' }] }] }
    expect(parsePatch(group, other, createNotes()).filter(isMembersOperation)).toEqual([])
    expect(parsePatch(user, body, createNotes())).toEqual([])
  })

  it('are not made from a type when the integration is strict', () => {
    const body = {
      schemas: [patchOpUrn],
      Operations: [{ op: 'add', path: 'members[type eq "User"].value', value: 'a' }],
    }
    expect(() => parsePatch(group, body, createNotes(true))).toThrow(expect.objectContaining({ scimType: 'noTarget' }))
    const notes = createNotes()
    parsePatch(group, body, notes)
    expect(notes.list.map(({ code }) => code)).toEqual(['member-by-type'])
  })

  it('keep the type that a client gives', () => {
    expect(changes({ op: 'add', path: 'members', value: [{ value: 'a', type: 'Group' }, 'b'] })).toEqual([
      { kind: 'add', values: ['a', 'b'], types: ['Group', undefined] },
    ])
  })

  it.each([
    [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'a' }, { value: 'b' }] }],
    [{ op: 'remove', path: 'members[value eq "a" or value eq "b"]' }],
    [{ op: 'remove', path: 'members.value', value: ['a', 'b'] }],
  ])('are removed by %j', (operation) => {
    expect(changes(operation)).toEqual([{ kind: 'remove', values: ['a', 'b'] }])
  })

  it('are removed by id', () => {
    expect(changes({ op: 'remove', path: 'members[value eq "a"]' })).toEqual([{ kind: 'remove', values: ['a'] }])
    expect(changes({ op: 'remove', path: 'members[value eq "a"].value' })).toEqual([{ kind: 'remove', values: ['a'] }])
    expect(changes({ op: 'remove', path: 'members[value eq "a" or value eq "b"]' })).toEqual([
      { kind: 'remove', values: ['a', 'b'] },
    ])
  })

  it.each([
    ['members[value eq "a"]', null],
    ['members[value eq "a"]', ''],
    ['members[value eq "a"].value', ''],
    ['members[value eq "a"]', []],
  ])('are removed by a replace of %s by nothing: %j', (path, value) => {
    expect(changes({ op: 'Replace', path, value })).toEqual([{ kind: 'remove', values: ['a'] }])
    expect(changes({ op: 'replace', value: { [path]: value } })).toEqual([{ kind: 'remove', values: ['a'] }])
  })

  it('are removed by any other filter where the directory finds them', () => {
    for (const filter of [
      'type eq "Group"',
      'display co "x"',
      'value eq "a" and type eq "User"',
      'value sw "a"',
      'value eq "a" or display eq "B"',
      'value eq "a" or (value eq "b" and type eq "User")',
    ]) {
      const [change] = changes({ op: 'remove', path: `members[${filter}]` })
      expect(change?.kind).toBe('removeWhere')
    }
  })

  it('are all removed only when neither filter nor value is given', () => {
    expect(changes({ op: 'remove', path: 'members' })).toEqual([{ kind: 'removeAll' }])
    expect(changes({ op: 'remove', path: 'members', value: null })).toEqual([{ kind: 'removeAll' }])
    expect(changes({ op: 'remove', path: 'members', value: [] })).toEqual([])
    expect(changes({ op: 'remove', path: 'members', value: [null] })).toEqual([])
  })

  it.each([
    [{ op: 'replace', path: 'members', value: [] }],
    [{ op: 'replace', path: 'members', value: null }],
    [{ op: 'replace', value: { members: [], id: 'g', displayName: 'G' } }],
  ])('are replaced by nobody: %j', (operation) => {
    expect(changes(operation)).toEqual([{ kind: 'replace', values: [] }])
  })

  it('are replaced by a list', () => {
    const value = [{ value: 'a', $ref: 'https://x.test/Users/a' }]
    expect(changes({ op: 'replace', path: 'members', value })).toEqual([{ kind: 'replace', values: ['a'] }])
  })

  it('have names and types that only the server sets', () => {
    const named = [{ kind: 'add', values: ['a'] }]
    expect(changes({ op: 'replace', path: 'members[value eq "a"].display', value: 'x' })).toEqual(named)
    expect(changes({ op: 'add', path: 'members[value eq "a" and display eq "x"].type', value: 'User' })).toEqual(named)
    for (const path of ['members[type eq "User"].display', 'members.display'])
      expect(changes({ op: 'replace', path, value: 'x' })).toEqual([])
    expect(changes({ op: 'replace', path: 'members[value eq "a"].display', value: '' })).toEqual([])
    expect(changes({ op: 'remove', path: 'members[value eq "a"].display' })).toEqual([])
  })

  it.each([
    [{ op: 'add', path: 'members', value: [{ display: 'x' }] }, 'invalidValue'],
    [{ op: 'add', path: 'members[type eq "User"]', value: { value: 'a' } }, 'noTarget'],
    [{ op: 'replace', path: 'members[value eq "a"].value', value: 'b' }, 'mutability'],
    [{ op: 'remove', path: 'members.value' }, 'mutability'],
  ])('refuse %j', (operation, scimType) => {
    expect(() => changes(operation)).toThrow(expect.objectContaining({ status: 400, scimType }))
  })

  it('stand beside operations on the group itself, in order', () => {
    const body = {
      schemas: [patchOpUrn],
      Operations: [
        { op: 'Replace', path: 'displayName', value: 'New' },
        { op: 'remove', path: 'members[value eq "a"]' },
        { op: 'add', value: { externalId: 'e', members: ['b'] } },
      ],
    }
    const notes = createNotes()
    const operations = parsePatch(group, body, notes)
    expect(operations.map((each) => [each.index, each.path.field.path])).toEqual([
      [0, 'displayName'],
      [1, 'members'],
      [2, 'externalId'],
      [2, 'members'],
    ])
    expect(applyPatch(group, { schemas: [group.core.id], displayName: 'Old' }, operations, notes)).toEqual({
      schemas: [group.core.id],
      displayName: 'New',
      externalId: 'e',
    })
  })

  it('may come in the form of SCIM 1.1, as OneLogin documents it', () => {
    const body = {
      schemas: ['urn:scim:schemas:core:1.0'],
      members: [{ value: 'a', operation: 'add' }, { value: 'b' }, { value: 'c', operation: 'delete' }],
    }
    const notes = createNotes()
    expect(parsePatch(group, body, notes).map(memberChange)).toEqual([
      { kind: 'add', values: ['a', 'b'] },
      { kind: 'remove', values: ['c'] },
    ])
    expect(notes.list.map((each) => each.code)).toEqual(['scim-1-members', 'members-value-remove'])
    expect(() => parsePatch(group, body, createNotes(true))).toThrow(ScimError)
    expect(() => parsePatch(user, body, createNotes())).toThrow(ScimError)
  })

  it('in the form of SCIM 1.1 are all who stay, where the members before are to be taken away', () => {
    const body = {
      schemas: ['urn:scim:schemas:core:1.0'],
      meta: { attributes: ['members'] },
      members: [{ value: 'b' }],
    }
    const operations = parsePatch(group, body, createNotes())
    expect(operations.map(memberChange)).toEqual([{ kind: 'removeAll' }, { kind: 'add', values: ['b'] }])
  })

  it('may be very many', () => {
    const value = Array.from({ length: 100_000 }, (_, index) => ({ $ref: null, value: `id-${index}` }))
    const [change] = changes({ op: 'Add', path: 'members', value })
    expect(change?.kind === 'add' ? change.values : []).toHaveLength(100_000)
  })
})
