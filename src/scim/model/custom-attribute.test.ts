import { describe, expect, it } from 'vitest'
import {
  checkCustomAttribute,
  customSchemas,
  defaultCustomUrn,
  mappingName,
  type CustomAttribute,
} from './custom-attribute.ts'
import { createModels } from './models.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const bucket: CustomAttribute = { name: 'costBucket', type: 'string', multiValued: false, urn: acme }

const problemOf = (draft: { name: string; type?: string; urn?: string }, existing: readonly CustomAttribute[] = []) => {
  const check = checkCustomAttribute({ type: 'string', ...draft }, existing)
  return check.ok ? undefined : check.problem
}

describe('checkCustomAttribute', () => {
  it('puts an attribute under our own URN when none is given', () => {
    expect(checkCustomAttribute({ name: 'badge', type: 'INTEGER' }, [])).toEqual({
      ok: true,
      attribute: { name: 'badge', type: 'integer', multiValued: false, urn: defaultCustomUrn },
    })
  })

  it('keeps the first spelling of a URN', () => {
    const check = checkCustomAttribute({ name: 'badge', type: 'string', urn: acme.toUpperCase() }, [bucket])
    expect(check.ok && check.attribute.urn).toBe(acme)
  })

  it.each(['', '1a', 'a b', 'a.b', 'a:b', 'é', '__proto__', 'a'.repeat(101)])(
    'refuses the name %j (RFC 7643 §2.1)',
    (name) => expect(problemOf({ name })).toBeTypeOf('string'),
  )

  it.each(['id', 'META', 'schemas', 'externalid', 'not', 'constructor', 'toString', 'true'])(
    'refuses the reserved name %s',
    (name) => expect(problemOf({ name })).toContain('reserved'),
  )

  it.each(['userName', 'USERNAME', 'emails', 'title'])('refuses %s, which every user has', (name) =>
    expect(problemOf({ name, urn: acme })).toContain('Every user has'),
  )

  it.each([
    'acme',
    'urn:acme',
    'urn:acme:',
    'urn:a:b/c',
    'urn:a:b c',
    'urn:ietf:params:scim:schemas:core:2.0:User',
    'URN:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:ietf:params:scim:api:messages:2.0:PatchOp',
    `urn:acme:${'x'.repeat(200)}`,
  ])('refuses the URN %s', (urn) => expect(problemOf({ name: 'badge', urn })).toBeTypeOf('string'))

  it('refuses a second attribute of the same name in any letter case', () => {
    expect(problemOf({ name: 'COSTBUCKET', urn: acme }, [bucket])).toContain('exists already')
  })

  it('refuses what could be read as a schema and as an attribute alike', () => {
    expect(problemOf({ name: 'x', urn: `${acme}:costBucket` }, [bucket])).toContain('full name')
    expect(problemOf({ name: 'User', urn: acme.slice(0, -':User'.length) }, [bucket])).toContain('schema URN')
  })

  it('refuses an unknown type by naming those that there are', () => {
    expect(problemOf({ name: 'badge', type: 'complex' })).toContain('dateTime')
  })

  it('answers a long hostile URN at once', () => {
    expect(problemOf({ name: 'badge', urn: `urn:a${'-'.repeat(100_000)}` })).toBeTypeOf('string')
  })
})

describe('customSchemas', () => {
  it('makes one extension of all attributes that share a URN in any letter case', () => {
    const other = { ...bucket, name: 'badge', urn: acme.toUpperCase() }
    const schemas = customSchemas([bucket, other, { ...bucket, urn: defaultCustomUrn }])
    expect(schemas.map(({ id, attributes }) => [id, attributes.map((each) => each.name)])).toEqual([
      [acme, ['costBucket', 'badge']],
      [defaultCustomUrn, ['costBucket']],
    ])
  })

  it('adds the extensions to User and leaves Group alone', () => {
    const { user, group } = createModels([bucket])
    expect(user.schema(acme.toLowerCase())?.id).toBe(acme)
    expect(group.extensions).toEqual([])
  })
})

describe('mappingName', () => {
  it('is what an admin pastes into the IdP', () => {
    expect(mappingName(bucket)).toBe(`${acme}:costBucket`)
  })
})
