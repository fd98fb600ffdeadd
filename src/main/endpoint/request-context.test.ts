import { expect, test } from 'vitest'
import { splitTarget } from './request-context.ts'

test('the query is what stands behind the first question mark', () => {
  expect(splitTarget('/scim/v2/Users')).toEqual({ path: '/scim/v2/Users', search: '' })
  expect(splitTarget('/scim/v2/Users?count=1')).toEqual({ path: '/scim/v2/Users', search: 'count=1' })
  expect(splitTarget('/scim/v2/Users?filter=a?b')).toEqual({ path: '/scim/v2/Users', search: 'filter=a?b' })
  expect(splitTarget('/scim/v2/Users?')).toEqual({ path: '/scim/v2/Users', search: '' })
})

test('an absolute target loses its scheme and authority (RFC 9112 §3.2.2)', () => {
  expect(splitTarget('http://scim.example:8080/scim/v2/Users?count=1')).toEqual({
    path: '/scim/v2/Users',
    search: 'count=1',
  })
  expect(splitTarget('https://scim.example')).toEqual({ path: '', search: '' })
})

test('a fragment is no part of the path nor of the query', () => {
  expect(splitTarget('/scim/v2/Users?count=1#x')).toEqual({ path: '/scim/v2/Users', search: 'count=1' })
  expect(splitTarget('/scim/v2/Users#x?count=1')).toEqual({ path: '/scim/v2/Users', search: '' })
})

test('a URL in the query stays where it is', () => {
  expect(splitTarget('/scim/v2/Users?filter=profileUrl eq "https://a.example/b"')).toEqual({
    path: '/scim/v2/Users',
    search: 'filter=profileUrl eq "https://a.example/b"',
  })
})

test('a path that was appended behind a flag belongs to the path', () => {
  expect(splitTarget('/scim/v2?flag/Users')).toEqual({ path: '/scim/v2/Users', search: 'flag' })
  for (const mark of ['?', '&'])
    expect(splitTarget(`/scim/v2/?flag/Users/1${mark}attributes=id`)).toEqual({
      path: '/scim/v2//Users/1',
      search: 'flag&attributes=id',
    })
  expect(splitTarget('/scim/v2/Users?flag&filter=a/b')).toEqual({ path: '/scim/v2/Users', search: 'flag&filter=a/b' })
})

test('the other forms of a target have no path', () => {
  for (const target of ['scim.example:443', '', '://']) expect(splitTarget(target)).toEqual({ path: '', search: '' })
  expect(splitTarget('*')).toEqual({ path: '*', search: '' })
})
