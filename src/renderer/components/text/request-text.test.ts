import { expect, test } from 'vitest'
import { answerMeaning, bulkRemark, hasFailed } from './request-text.ts'

const answered = (classification: string, status = 200) => ({ classification, status, lost: null })

test('a bulk request of which operations failed is told from one that went well, though both are answered with 200', () => {
  const some = answered('bulk (5 operations, 2 failed)')
  expect(answerMeaning(some)).toBe('attention')
  expect(bulkRemark(some)).toBe('2 of 5 failed')
  expect(hasFailed(some)).toBe(true)
  const all = answered('bulk (1 operation, 1 failed)')
  expect(answerMeaning(all)).toBe('failure')
  expect(bulkRemark(all)).toBe('1 of 1 failed')
  const none = answered('bulk (5 operations)')
  expect(answerMeaning(none)).toBe('ok')
  expect(bulkRemark(none)).toBeUndefined()
  expect(hasFailed(none)).toBe(false)
})

test('the status speaks for every other request', () => {
  expect(answerMeaning(answered('create user'))).toBe('ok')
  expect(answerMeaning(answered('create user', 409))).toBe('attention')
  expect(answerMeaning(answered('create user', 500))).toBe('failure')
  expect(answerMeaning(answered('client broke off', 0))).toBe('neutral')
  // A name of a resource is no classification.
  expect(hasFailed(answered('update group bulk (5 operations, 2 failed)'))).toBe(false)
})
