import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { newResourceId, seqOfId } from './resource-id.ts'

const seqs = fc.integer({ min: 1, max: 2 ** 48 - 1 })
const moments = fc.integer({ min: 0, max: 2 ** 48 - 1 })

it('is a UUID of version 8 that names its row', () => {
  fc.assert(
    fc.property(seqs, moments, (seq, now) => {
      const id = newResourceId(seq, now)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(seqOfId(id)).toBe(seq)
    }),
  )
})

it('is another one each time, and a later one comes behind an earlier one', () => {
  const ids = Array.from({ length: 2000 }, () => newResourceId(1, 5))
  expect(new Set(ids).size).toBeGreaterThan(1990)
  expect(newResourceId(1, 5) < newResourceId(1, 6)).toBe(true)
})

it.each(['', 'alice', '01a21451-0bc9-7238-9fc0-408757499fd2', '01a21451-0bc9-8238-9fc0-xyz757499fd2'])(
  'names no row for %j, which is none of ours',
  (id) => {
    expect(seqOfId(id)).toBeUndefined()
  },
)
