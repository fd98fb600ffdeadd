import { expect, it } from 'vitest'
import { ScimError } from '../error.ts'
import { parseJson } from './parse-json.ts'

function refusalOf(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    return error instanceof ScimError ? error.status : error
  }
}

const many = 2_600_000

it('refuses a body of so many values that working on it would take all memory', () => {
  expect(refusalOf(`{"emails":[${'{},'.repeat(many)}{}]}`)).toBe(413)
  expect(refusalOf(`{"emails":${'['.repeat(2 * many)}`)).toBe(413)
})

it('tells a body that is missing from one that is no JSON', () => {
  expect(() => parseJson(' ')).toThrow('came without a body')
  expect(() => parseJson('{')).toThrow('not valid JSON')
})

it('takes a body that is as long, and made of few values', () => {
  const photo = 'x'.repeat(3 * many)
  expect(parseJson(`{"photo":"${photo}"}`)).toEqual({ photo })
})
