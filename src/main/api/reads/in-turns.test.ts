import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

function* endless() {
  for (;;) yield undefined
}

test('work without an end lets others have their turn, and ends when nobody waits for it', async () => {
  const givenUp = new AbortController()
  const work = inTurns(endless(), givenUp.signal)
  await new Promise((resolve) => {
    setTimeout(resolve, 1)
  })
  givenUp.abort(new Error('looked elsewhere'))
  await expect(work).rejects.toThrow('looked elsewhere')
})
