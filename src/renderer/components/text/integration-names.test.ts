import { expect, test } from 'vitest'
import { namesOf } from './integration-names.ts'

const nameOf = namesOf([
  { slug: 'entra-id', name: 'Entra ID', requestsSince: null },
  { slug: 'okta', name: 'Okta anew', requestsSince: 1000 },
])

test('calls an integration by its name, and one that is gone by none', () => {
  expect(nameOf('entra-id', 0)).toBe('Entra ID')
  expect(nameOf('ping', 0)).toBeUndefined()
})

test('does not call what came before an integration got its slug after it', () => {
  expect(nameOf('okta', 999)).toBeUndefined()
  expect(nameOf('okta', 1000)).toBe('Okta anew')
})
