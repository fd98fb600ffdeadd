import { describe, expect, it } from 'vitest'
import { normalizeResource } from '../normalize/normalize.ts'
import { createNotes } from '../note.ts'
import { customSchemaUrn, sampleModel } from '../model/sample-model.fixture.ts'
import type { Resource } from '../json/json.ts'
import { patchOpUrn } from '../urn.ts'
import { applyPatch } from './apply-patch.ts'
import { parsePatch } from './parse-patch.ts'

const work = { type: 'work', value: 'w@x.test' }
const home = { type: 'home', value: 'h@x.test' }
const tags = `${customSchemaUrn}:tags`

function stored(): Resource {
  const input = { userName: 'alice', emails: [work], [customSchemaUrn]: { tags: ['a'] } }
  return { ...normalizeResource(sampleModel, input, { notes: createNotes(), purpose: 'create' }), id: 'id-1' }
}

function patched(operation: unknown, notes = createNotes()): Resource {
  const body = { schemas: [patchOpUrn], Operations: [operation] }
  return applyPatch(sampleModel, stored(), parsePatch(sampleModel, body, notes), notes)
}

describe('RFC 7644 §3.5.2.1: one value that is added to a list', () => {
  it.each([
    [{ op: 'add', path: 'emails', value: home }, { emails: [work, home] }],
    [{ op: 'add', path: tags, value: 'b' }, { [customSchemaUrn]: { tags: ['a', 'b'] } }],
    [{ op: 'add', path: `${tags}.value`, value: 'b' }, { [customSchemaUrn]: { tags: ['a', 'b'] } }],
  ])('needs no list around it: %j', (operation, expected) => {
    const notes = createNotes(true)
    expect(patched(operation, notes)).toMatchObject(expected)
    expect(notes.list).toEqual([])
  })

  it.each([
    [{ op: 'replace', path: 'emails', value: home }],
    [{ op: 'add', value: { emails: home } }],
    [{ op: 'replace', path: tags, value: 'b' }],
  ])('is a departure elsewhere: %j', (operation) => {
    const notes = createNotes()
    patched(operation, notes)
    expect(notes.list.map(({ code }) => code)).toEqual(['single-for-array'])
    expect(() => patched(operation, createNotes(true))).toThrow('is a list; send an array')
  })
})

describe('an operation without a path', () => {
  it('may have its object in a list of one, with a note', () => {
    const notes = createNotes()
    const operation = { op: 'replace', value: [{ title: 'T', emails: [home] }] }
    expect(patched(operation, notes)).toMatchObject({ title: 'T', emails: [home] })
    expect(notes.list.map(({ code, path }) => [code, path])).toEqual([['array-for-single', 'value']])
    expect(() => patched(operation, createNotes(true))).toThrow('without a list around it')
  })

  it.each([[[]], [[{ title: 'T' }, { nickName: 'N' }]], [['title']]])('refuses the list %j', (value) => {
    expect(() => patched({ op: 'replace', value })).toThrow('must be an object of attributes')
  })
})

describe('a value that names the attribute of its path once more', () => {
  it.each([
    [{ op: 'replace', path: 'active', value: { active: false } }, { active: false }],
    [{ op: 'replace', path: 'name', value: { Name: { givenName: 'G' } } }, { name: { givenName: 'G' } }],
    [{ op: 'replace', path: 'name.givenName', value: { 'name.givenName': 'G' } }, { name: { givenName: 'G' } }],
    [{ op: 'add', path: 'emails', value: { emails: [home] } }, { emails: [work, home] }],
    [{ op: 'remove', path: 'emails', value: { emails: [{ value: 'none@x.test' }] } }, { emails: [work] }],
    [{ op: 'add', path: tags, value: { tags: ['b'] } }, { [customSchemaUrn]: { tags: ['a', 'b'] } }],
    [
      { op: 'add', path: customSchemaUrn, value: { [customSchemaUrn]: { tags: ['b'] } } },
      { [customSchemaUrn]: { tags: ['a', 'b'] } },
    ],
  ])('is taken out of the object around it, with a note: %j', (operation, expected) => {
    const notes = createNotes()
    expect(patched(operation, notes)).toMatchObject(expected)
    expect(notes.list.map(({ code }) => code)).toContain('name-in-value')
    expect(() => patched(operation, createNotes(true))).toThrow('is in the path already')
  })

  it('is left alone where the name stands beside others', () => {
    const notes = createNotes()
    expect(() => patched({ op: 'replace', path: 'title', value: { title: 'x', active: false } }, notes)).toThrow(
      'title',
    )
    expect(notes.list).toEqual([])
  })
})
