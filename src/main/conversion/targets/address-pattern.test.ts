import { describe, expect, it } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import type { Resource } from '../../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import { applyAddressPattern, parseAddressPattern } from './address-pattern.ts'

const model = createModels([]).user

const ada: Resource = {
  userName: 'CORP\\ALovelace',
  name: { givenName: 'Ada Maria', familyName: "O'Lövelace" },
  emails: [{ value: 'first@mail.example' }, { value: 'ada@mail.example', primary: true }],
  [enterpriseUserSchemaUrn]: { employeeNumber: '0042' },
}

function made(text: string, resource: Resource = ada): unknown {
  const parsed = parseAddressPattern(model, text)
  if (!parsed.ok) return parsed.problem
  const result = applyAddressPattern(parsed.pattern, resource, 'plain')
  return result.kind === 'value' ? result.text : result.kind
}

describe('a pattern', () => {
  it.each([
    ['{userName}@example.com', 'alovelace@example.com'],
    ['{name.givenName}.{name.familyName}@example.com', 'adamaria.olovelace@example.com'],
    ['{name.givenName:1}{name.familyName:4}@example.com', 'aolov@example.com'],
    ['{NAME.GIVENNAME}@example.com', 'adamaria@example.com'],
    ['{emails}', 'ada@mail.example'],
    [`e{${enterpriseUserSchemaUrn}:employeeNumber}@example.com`, 'e0042@example.com'],
    ['{name.givenName}..{name.familyName}.@example.com', 'adamaria.olovelace@example.com'],
  ])('%s makes %s', (pattern, address) => {
    expect(made(pattern)).toBe(address)
  })

  it('takes the part before the @ of a userName that is an address', () => {
    expect(made('{userName}@example.com', { userName: 'jsmith@corp.local' })).toBe('jsmith@example.com')
  })

  it('says when a user has no value for it, or one that cannot be written in ASCII', () => {
    expect(made('{displayName}@example.com')).toBe('incomplete')
    expect(made('{name.familyName}@example.com', { userName: 'x', name: { familyName: '田中' } })).toBe('not-ascii')
  })

  it.each([
    ['{nonsense}@example.com', /nonsense/],
    ['{name}@example.com', /Name one/],
    ['{userName@example.com', /brace/],
    ['someone@example.com', /no attribute/],
    ['{userName:0}@example.com', /no characters/],
    ['{}@example.com', /not an attribute path/],
  ])('%s is refused in a sentence', (pattern, problem) => {
    expect(made(pattern)).toMatch(problem)
  })
})
