import { describe, expect, it } from 'vitest'
import { bulkReferences, resolveBulkId, resolveBulkIds, withoutReferences } from './bulk-reference.ts'
import type { JsonObject } from '../json/json.ts'

describe('references between operations, RFC 7644 §3.7.2', () => {
  const data: JsonObject = {
    displayName: 'about bulkId:none',
    members: [{ value: 'bulkId:u1', $ref: 'https://x/Users/bulkId:u2' }],
    Operations: [{ op: 'remove', path: 'members[value eq "bulkId:u3"]' }],
  }

  it('are found at any depth', () => {
    expect([...bulkReferences(data)].toSorted()).toEqual(['u1', 'u2', 'u3'])
  })

  it('are replaced by ids', () => {
    const ids = new Map([
      ['u1', '$&'],
      ['u2', '2'],
      ['u3', '3'],
    ])
    expect(resolveBulkIds(data, ids)).toEqual({
      displayName: 'about bulkId:none',
      members: [{ value: '$&', $ref: 'https://x/Users/2' }],
      Operations: [{ op: 'remove', path: 'members[value eq "3"]' }],
    })
    expect(resolveBulkId('bulkId:u2', ids)).toBe('2')
  })

  it('are not seen in the text of attributes that hold nothing else, RFC 7643 §4', () => {
    const text: JsonObject = {
      userName: 'bulkId:u1',
      externalId: 'bulkId:u1',
      name: { familyName: 'bulkId:u1' },
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department': 'bulkId:u1',
      members: [{ value: '7', display: 'bulkId:u1' }],
      Operations: [
        { op: 'replace', path: 'name.givenName', value: 'bulkId:u1' },
        { op: 'add', path: 'title', value: [{ value: 'bulkId:u1' }] },
        { op: 'add', value: { nickName: 'bulkId:u1' } },
      ],
    }
    expect(bulkReferences(text).size).toBe(0)
    const both: JsonObject = { ...text, manager: { value: 'bulkId:u1' } }
    expect(resolveBulkIds(both, new Map([['u1', '1']]))).toEqual({ ...text, manager: { value: '1' } })
    expect(withoutReferences(both)).toEqual(text)
  })

  it('are seen in what a PATCH puts into a reference', () => {
    const paths = ['manager', 'members', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value']
    for (const path of paths) {
      const patch: JsonObject = { Operations: [{ op: 'add', path, value: 'bulkId:u1' }] }
      expect(resolveBulkIds(patch, new Map([['u1', '1']]))).toEqual({ Operations: [{ op: 'add', path, value: '1' }] })
    }
  })

  it('answer 409 when nothing was created for them', () => {
    expect(() => resolveBulkIds(data, new Map())).toThrow(expect.objectContaining({ status: 409 }))
  })

  it('are looked for in nests that are deeper than the stack', () => {
    const depth = 200_000
    const deep: JsonObject = JSON.parse(`${'{"a":['.repeat(depth)}"bulkId:x"${']}'.repeat(depth)}`)
    expect(bulkReferences(deep).size).toBe(1)
    expect(bulkReferences(resolveBulkIds(deep, new Map([['x', '1']]))).size).toBe(0)
  })

  it('do not let a key become a prototype', () => {
    const hostile: JsonObject = JSON.parse('{"__proto__":{"admin":true},"a":"bulkId:x"}')
    const resolved = resolveBulkIds(hostile, new Map([['x', '1']]))
    expect(Object.hasOwn(resolved, '__proto__')).toBe(true)
    expect(resolved['admin']).toBeUndefined()
  })
})
