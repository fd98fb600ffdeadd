import { expect, test } from 'vitest'
import { createPauses } from './pauses.ts'

/** A clock that each piece of work puts forward, and that counts the sleeps. */
function clockOfPieces(pieceMs: number) {
  let at = 100
  const sleptAt: number[] = []
  const pauses = createPauses({ now: () => at, sleep: () => void sleptAt.push(at) })
  return {
    work(pieces: number) {
      const start = at
      pauses.begin()
      for (let piece = 0; piece < pieces; piece++) {
        at += pieceMs
        pauses.between()
      }
      return sleptAt.splice(0).map((each) => Math.round((each - start) / pieceMs))
    },
    rest(milliseconds: number) {
      at += milliseconds
    },
  }
}

test('long work pauses every 0.3 ms', () => {
  expect(clockOfPieces(0.125).work(10)).toEqual([3, 6, 9])
})

test('a piece that takes longer is followed by a pause', () => {
  expect(clockOfPieces(2).work(3)).toEqual([1, 2, 3])
})

test('the time between two works is none', () => {
  const clock = clockOfPieces(0.125)
  expect(clock.work(2)).toEqual([])
  clock.rest(50)
  expect(clock.work(2)).toEqual([])
})
