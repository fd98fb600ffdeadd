import { describe, expect, it } from 'vitest'
import { etagOf, ifMatch, ifNoneMatch } from './etag.ts'

const etag = etagOf(3, 1_700_000_000_000)

describe('etagOf, RFC 7644 §3.14', () => {
  it('is weak and differs by version and by time', () => {
    expect(etag).toMatch(/^W\/"[^"]+"$/)
    expect(new Set([etag, etagOf(4, 1_700_000_000_000), etagOf(3, 1_700_000_000_001)]).size).toBe(3)
  })
})

describe('conditional requests, RFC 9110 §13.1', () => {
  it.each([
    [etag, true],
    [etag.slice(2), true],
    [`"a,b" , ${etag}`, true],
    [`, ${etag}`, true],
    [`"a", ,, ${etag},`, true],
    [`  ${etag}  `, true],
    ['*', true],
    [' * ', true],
    ['W/"other"', false],
    ['', false],
    ['3', false],
    [`broken, ${etag}`, false],
    ['"unclosed', false],
    [etag.slice(3, -1), false],
  ])('compare %s', (header, isNamed) => {
    expect(ifMatch(header, etag)).toBe(isNamed)
    expect(ifNoneMatch(header, etag)).toBe(!isNamed)
  })

  it('let a request without the header pass', () => {
    expect(ifMatch(undefined, etag)).toBe(true)
    expect(ifNoneMatch(undefined, etag)).toBe(true)
  })

  it('hold of a resource that does not exist', () => {
    expect(ifMatch('*', undefined)).toBe(false)
    expect(ifNoneMatch('*', undefined)).toBe(true)
  })

  it('read a long hostile list once', () => {
    expect(ifMatch(`${'"a",'.repeat(100_000)}"`, etag)).toBe(false)
    expect(ifMatch(' '.repeat(200_000), etag)).toBe(false)
    expect(ifMatch(`${' ,'.repeat(100_000)}x`, etag)).toBe(false)
  })
})
