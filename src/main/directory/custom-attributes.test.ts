import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CustomAttributeDraft } from '../../scim/model/custom-attribute.ts'
import { isJsonObject, type JsonObject } from '../../scim/json/json.ts'
import { bodyOf, openTestDirectory, patch, statusOf } from './test-directory.fixture.ts'

const urn = 'urn:example:acme:2.0:User'
const otherUrn = 'urn:example:other:2.0:User'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const add = (draft: Partial<CustomAttributeDraft> & { readonly name: string }) =>
  directory.administer('add-attribute', { directory: 'main', draft: { type: 'string', urn, ...draft } })

/** Removes an attribute to the end; returns after how many batches. */
function remove(name: string, only?: string): number {
  const begun = directory.administer('begin-attribute-removal', { directory: 'main', name, urn: only })
  const id = begun.kind === 'value' && isJsonObject(begun.value) ? Number(begun.value['id']) : 0
  let afterSeq = 0
  for (let batches = 1; ; batches += 1) {
    const done = directory.administer('remove-attribute-values', { directory: 'main', id, afterSeq })
    const next = done.kind === 'value' && isJsonObject(done.value) ? done.value['lastSeq'] : undefined
    if (typeof next !== 'number') return batches
    afterSeq = next
  }
}

const read = (id: string) => bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))
const docOf = (id: string): JsonObject => {
  const document: unknown = JSON.parse(directory.store.users.any(directory.directoryId, id)?.doc ?? '{}')
  return isJsonObject(document) ? document : {}
}

describe('a custom attribute', () => {
  it('can be written from the moment it is there, in the same transaction even', () => {
    const [, created] = directory.execute(
      {
        kind: 'administration',
        name: 'add-attribute',
        input: { directory: 'main', draft: { name: 'badge', type: 'integer', urn } },
        actor: 'command line',
        now: directory.tick(),
      },
      directory.command('POST', '/Users', { userName: 'alice', [urn]: { badge: '7' } }),
    )
    expect(created && bodyOf(created)).toMatchObject({ [urn]: { badge: 7 }, schemas: expect.arrayContaining([urn]) })
  })

  it('is refused a value of another type', () => {
    add({ name: 'badge', type: 'integer' })
    expect(directory.request('POST', '/Users', { userName: 'alice', [urn]: { badge: 'seven' } })).toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    })
  })

  it('takes its values along when it is removed, from deleted users too, and leaves the others', () => {
    add({ name: 'badge' })
    add({ name: 'floor' })
    add({ name: 'badge', urn: otherUrn })
    const alice = directory.addUser('alice', { [urn]: { badge: 'a', floor: '1' }, [otherUrn]: { badge: 'keep' } })
    const bob = directory.addUser('bob', { [urn]: { badge: 'b' } })
    const gone = directory.addUser('gone', { [urn]: { badge: 'c' } })
    directory.request('DELETE', `/Users/${gone}`)
    remove('badge', urn)
    expect(read(alice)).toMatchObject({ [urn]: { floor: '1' }, [otherUrn]: { badge: 'keep' } })
    expect(read(alice)[urn]).not.toHaveProperty('badge')
    expect(docOf(bob)).not.toHaveProperty([urn])
    expect(docOf(bob)['schemas']).not.toContain(urn)
    expect(docOf(gone)).not.toHaveProperty([urn])
    expect(directory.store.customAttributes.ofDirectory(directory.directoryId)).toHaveLength(2)
  })

  it('is recorded in the audit of each user when it is removed', () => {
    add({ name: 'badge' })
    const alice = directory.addUser('alice', { [urn]: { badge: 'a' } })
    remove('badge')
    const row = directory.store.users.any(directory.directoryId, alice)
    const [latest] = row ? directory.store.changes.ofResource(row, 1) : []
    expect(latest).toMatchObject({ actor: 'command line', action: 'patch' })
    expect(JSON.parse(latest?.attributes ?? '{}')).toMatchObject({ [urn]: [{ badge: 'a' }, null] })
  })

  it('can come back with another type, and old values do not', () => {
    add({ name: 'badge', type: 'string' })
    const alice = directory.addUser('alice', { [urn]: { badge: 'text' } })
    remove('badge')
    expect(add({ name: 'badge', type: 'integer', multiValued: true }).kind).toBe('value')
    expect(read(alice)).not.toHaveProperty([urn])
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'add', path: `${urn}:badge`, value: [1, 2] }))
    expect(read(alice)).toMatchObject({ [urn]: { badge: [1, 2] } })
  })

  it('cannot come back while its values are still being removed, and is not written meanwhile', () => {
    add({ name: 'badge' })
    const alice = directory.addUser('alice', { [urn]: { badge: 'a' } })
    directory.administer('begin-attribute-removal', { directory: 'main', name: 'badge', urn })
    expect(add({ name: 'Badge', type: 'integer' })).toMatchObject({ kind: 'refused' })
    const changed = directory.request('PATCH', `/Users/${alice}`, patch({ op: 'replace', path: 'title', value: 'x' }))
    expect(statusOf(changed)).toBe(200)
    directory.request('PATCH', `/Users/${alice}`, patch({ op: 'replace', value: { [urn]: { badge: 'again' } } }))
    const bob = directory.addUser('bob', { [urn]: { badge: 'b' } })
    expect(docOf(bob)).not.toHaveProperty([urn])
    remove('badge')
    expect(docOf(alice)).not.toHaveProperty([urn])
  })

  it('is removed batch by batch from many users', () => {
    add({ name: 'badge' })
    directory.execute(
      ...Array.from({ length: 1001 }, (_, n) =>
        directory.command('POST', '/Users', { userName: `u${n}`, [urn]: { badge: 'x' } }),
      ),
    )
    expect(remove('badge')).toBeGreaterThan(2)
    const left = directory.connection.prepare("select count(*) from users where doc like '%badge%'").pluck().get()
    expect(left).toBe(0)
  })
})

describe('who has a value of an attribute', () => {
  it('is looked for among so many users at a time, however few of them have one', () => {
    add({ name: 'badge' })
    const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) =>
      directory.addUser(name, 'bfg'.includes(name) ? { [urn]: { badge: '7' } } : {}),
    )
    const seqs = ids.map((id) => directory.store.users.any(directory.directoryId, id)?.seq ?? 0)
    const [, b = 0, , d, , f = 0, g] = seqs
    const next = (afterSeq: number, limit: number) =>
      directory.store.rosters.withValue(directory.directoryId, [urn, 'badge'], afterSeq, { limit, look: 3 })
    const [first = 0] = seqs
    expect(next(first, 2)).toEqual({ seqs: [b], lastSeq: d })
    expect(next(d ?? 0, 2)).toEqual({ seqs: [f, g], lastSeq: g })
    expect(next(d ?? 0, 1)).toEqual({ seqs: [f], lastSeq: f })
    expect(next(f, 2)).toEqual({ seqs: [g], lastSeq: undefined })
  })
})
