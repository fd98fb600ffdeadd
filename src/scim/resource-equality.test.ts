import { assert as check, jsonValue, property } from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonValue } from './json/json.ts'
import { sameResource } from './resource-equality.ts'

it('ignores the order of keys and keys without a value', () => {
  expect(sameResource({ a: 1, b: { c: [1, { d: 2, e: 3 }] } }, { b: { c: [1, { e: 3, d: 2 }] }, a: 1 })).toBe(true)
  expect(sameResource({ a: 1, b: undefined }, { a: 1 })).toBe(true)
  expect(sameResource({ a: 1 }, { c: undefined, a: 1 })).toBe(true)
})

it('tells apart what differs', () => {
  const pairs: readonly (readonly [JsonValue, JsonValue])[] = [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1 }, {}],
    [{}, { a: null }],
    [{}, []],
    [[], {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 1]],
    ['1', 1],
    [null, false],
  ]
  for (const [one, other] of pairs) {
    expect(sameResource(one, other)).toBe(false)
    expect(sameResource(other, one)).toBe(false)
  }
})

it('finds a key of object internals only where it stands', () => {
  expect(sameResource({ constructor: 1 }, { toString: 1 })).toBe(false)
})

it('holds for a copy of anything', () => {
  check(
    property(jsonValue(), (value) => {
      const text = JSON.stringify(value)
      const one: JsonValue = JSON.parse(text)
      const other: JsonValue = JSON.parse(text)
      expect(sameResource(one, other)).toBe(true)
    }),
  )
})
