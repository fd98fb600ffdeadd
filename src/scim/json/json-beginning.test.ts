import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonBeginning } from './json-beginning.ts'

test('ends behind what is whole, and closes what is open', () => {
  const first = String.raw`{"Resources":[{"id":"1","name":"a,]}\""}`
  const text = `${first},{"id":"2"}],"total":2}`
  expect(jsonBeginning(text, 1)).toBe('{}')
  expect(jsonBeginning(text, first.indexOf('"id"'))).toBe('{"Resources":[{}]}')
  expect(jsonBeginning(text, first.length - 1)).toBe('{"Resources":[{"id":"1"}]}')
  expect(jsonBeginning(text, first.length)).toBe(`${first}]}`)
  expect(jsonBeginning(text, text.length - 1)).toBe(`${first},{"id":"2"}]}`)
})

test('is JSON wherever it ends', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue())),
      fc.nat(200),
      (value, most) => {
        const text = JSON.stringify(value)
        fc.pre(most > 0 && most <= text.length)
        expect(() => void JSON.parse(jsonBeginning(text, most))).not.toThrow()
      },
    ),
  )
})
