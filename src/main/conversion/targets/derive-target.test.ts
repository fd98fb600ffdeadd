import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../scim/json/json.ts'
import { createModels } from '../../../scim/model/models.ts'
import { compileOptions, parseConversionOptions } from './conversion-options.ts'
import { deriveTarget, type Derived } from './derive-target.ts'

const models = createModels([])

interface Given {
  readonly userName?: string
  readonly resource?: JsonObject
  readonly listed?: string
  readonly former?: string
  readonly isScimManaged?: boolean
}

function derive(options: JsonObject, given: Given = {}): Derived {
  const compiled = compileOptions(models, parseConversionOptions(options))
  if (!compiled.ok) throw new Error(compiled.problem)
  const userName = given.userName ?? 'jsmith'
  return deriveTarget(
    {
      userName,
      isHidden: false,
      isScimManaged: given.isScimManaged === true,
      mustBeAddress: false,
      resource: { userName, ...given.resource },
    },
    compiled.rules,
    { listed: () => given.listed, former: () => given.former },
  )
}

const emails = (...list: readonly JsonObject[]) => ({ emails: list })
const twoEmails = emails(
  { type: 'work', value: 'work@a.example' },
  { type: 'home', value: 'main@b.example', primary: true },
)

describe('the address', () => {
  it('is the primary one, then the one at work, unless the order says otherwise', () => {
    expect(derive({}, { resource: twoEmails })).toMatchObject({ target: 'main@b.example', origin: 'primary' })
    const atWork = emails({ type: 'home', value: 'x@b.example' }, { type: 'Work', value: 'work@a.example' })
    expect(derive({}, { resource: atWork })).toMatchObject({ target: 'work@a.example', origin: 'work' })
    expect(derive({ sources: ['work', 'primary'] }, { resource: twoEmails })).toMatchObject({ origin: 'work' })
  })

  it('is the only one there is, whatever it is called', () => {
    expect(derive({}, { resource: emails({ value: ' only@a.example ' }) })).toMatchObject({ target: 'only@a.example' })
  })

  it('is the one of the list before all others, also for who has an address', () => {
    const options = { hasList: true }
    expect(derive(options, { resource: twoEmails, listed: 'new@c.example' })).toMatchObject({ origin: 'csv' })
    expect(derive(options, { userName: 'old@c.example', listed: 'new@c.example' })).toMatchObject({
      basis: 'rename',
      target: 'new@c.example',
    })
  })

  it('is made from the pattern where there is no e-mail', () => {
    expect(derive({ domain: 'example.com' })).toMatchObject({ target: 'jsmith@example.com', origin: 'pattern' })
    expect(derive({ domain: 'example.com', pattern: '{userName}.x' })).toMatchObject({ target: 'jsmith.x@example.com' })
    expect(derive({ domain: 'example.com' }, { resource: twoEmails })).toMatchObject({ target: 'main@b.example' })
  })

  it('is in the mapped domain, wherever it comes from', () => {
    const domainMap = { 'corp.local': 'example.com' }
    expect(derive({ domainMap }, { resource: emails({ value: 'j@CORP.local' }) })).toMatchObject({
      target: 'j@example.com',
    })
    expect(derive({ domainMap }, { userName: 'jsmith@corp.local' })).toMatchObject({
      target: 'jsmith@example.com',
      origin: 'mapped',
    })
  })

  it('decides with the first source that has something, valid or not', () => {
    expect(derive({ domain: 'example.com' }, { resource: emails({ value: 'n/a', primary: true }) })).toEqual({
      basis: 'invalid',
      origin: 'primary',
      target: 'n/a',
      reason: 'not-an-address',
    })
  })

  it('is missing, for a reason', () => {
    expect(derive({})).toEqual({ basis: 'no-address', reason: 'no-source' })
    const pattern = '{name.givenName}@example.com'
    expect(derive({ pattern })).toEqual({ basis: 'no-address', reason: 'pattern-incomplete' })
    expect(derive({ pattern }, { resource: { name: { givenName: '太郎' } } })).toEqual({
      basis: 'no-address',
      reason: 'not-ascii',
    })
  })
})

describe('a user with the wanted form', () => {
  it('stays as it is', () => {
    expect(derive({ domain: 'example.com' }, { userName: 'j@other.example' })).toEqual({ basis: 'already' })
    expect(derive({ direction: 'to-short-name' })).toEqual({ basis: 'already' })
  })

  it('is not one whose userName only looks like an address', () => {
    expect(derive({ domain: 'example.com' }, { userName: 'jsmith@localhost' })).toMatchObject({
      target: 'jsmith@example.com',
    })
  })
})

describe('the short name', () => {
  const options = { direction: 'to-short-name' }

  it('is the former one, or else what stands before the @', () => {
    expect(derive(options, { userName: 'john.smith@example.com', former: 'jsmith' })).toMatchObject({
      target: 'jsmith',
    })
    expect(derive(options, { userName: 'john.smith@example.com' })).toMatchObject({ target: 'john.smith' })
  })

  it('is made of addresses of one domain only, where one is named', () => {
    expect(derive({ ...options, domain: 'a.example' }, { userName: 'j@b.example' })).toMatchObject({
      reason: 'other-domain',
    })
    expect(derive({ ...options, domain: 'A.example' }, { userName: 'j@a.example' })).toMatchObject({ target: 'j' })
  })
})

describe('a user that an identity provider manages', () => {
  it('is protected, and shows what it would become', () => {
    expect(derive({}, { resource: twoEmails, isScimManaged: true })).toEqual({
      basis: 'protected',
      target: 'main@b.example',
      reason: 'scim-managed',
    })
    expect(derive({ includeScim: true }, { resource: twoEmails, isScimManaged: true })).toMatchObject({
      basis: 'rename',
    })
  })
})

describe('options that make no sense', () => {
  it.each([
    [{ sources: ['pattern'] }, /needs a pattern/],
    [{ sources: ['csv'] }, /needs a list/],
    [{ sources: ['mapped'] }, /needs domains/],
    [{ sources: ['local-part'] }, /of no use in this direction/],
    [{ direction: 'to-short-name', sources: ['primary'] }, /of no use in this direction/],
    [{ direction: 'to-short-name', pattern: '{userName}@example.com' }, /leave the "@" out/],
    [{ pattern: '{userName}' }, /makes no addresses/],
  ])('%j are refused in a sentence', (options, problem) => {
    expect(() => derive(options)).toThrow(problem)
  })
})
