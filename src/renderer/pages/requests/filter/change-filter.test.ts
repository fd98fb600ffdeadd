import { expect, test } from 'vitest'
import { formatRequestFilter, parseRequestFilter, type RequestTerm } from '../../../../contract/request-filter.ts'
import { onlyWith, without } from './change-filter.ts'

function terms(text: string): readonly RequestTerm[] {
  const parsed = parseRequestFilter(text)
  return parsed.ok ? parsed.terms : []
}

const status = { field: 'status', value: '200' } as const

test('narrows to one value of a field, and keeps what is left out', () => {
  const filter = terms('status:409 -status:404 method:POST status:4xx')
  expect(formatRequestFilter(onlyWith(filter, { ...status, isExcluded: false }))).toBe(
    '-status:404 method:POST status:200',
  )
})

test('leaves out, once, and not what was asked for before', () => {
  const filter = terms('status:200 -status:200 method:POST')
  expect(formatRequestFilter(without(filter, { ...status, isExcluded: true }))).toBe('method:POST -status:200')
})
