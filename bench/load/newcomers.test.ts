import { expect, test } from 'vitest'
import { createNewcomers } from './newcomers.ts'

test('a newcomer that is written out is the one that would be built', () => {
  const built = createNewcomers(1)
  const written = createNewcomers(1)
  for (let times = 0; times < 12; times++) {
    const person = built.next()
    const { userName, text } = written.nextWritten()
    expect(text).toBe(JSON.stringify(person))
    expect(userName).toBe(person.userName)
  }
})
