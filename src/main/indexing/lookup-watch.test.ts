import { expect, test } from 'vitest'
import { startEngine } from '../running-engine.fixture.ts'
import { createLookupWatch, lookupsBefore } from './lookup-watch.ts'

test('indexes that cannot be read for a moment are told of, and cost no lookup its answer', async () => {
  const { engine } = await startEngine()
  const place = { extension: '', attribute: 'nickName', sub_attribute: '' }
  const told = Promise.withResolvers<string>()
  const unreadable = () => {
    throw new Error('disk I/O error')
  }
  const watch = createLookupWatch({
    reads: { ...engine.reads, lookupIndexes: { ...engine.reads.lookupIndexes, at: unreadable } },
    administer: engine.administer,
    clock: engine.clock,
    onTrouble: told.resolve,
  })
  for (let n = 0; n < lookupsBefore; n += 1) watch.note(1, place)
  expect(await told.promise).toBe('No index could be made of nickName: disk I/O error')
})
