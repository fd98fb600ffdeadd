import { describe, expect, it } from 'vitest'
import { bulkReferences, resolveBulkId, resolveBulkIds } from './bulk-reference.ts'
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
