import { describe, expect, it } from 'vitest'
import type { Attribute } from '../model/attribute.ts'
import { enterpriseUserSchema } from './enterprise-user.ts'
import { groupSchema } from './group.ts'
import { userSchema } from './user.ts'

function find(attributes: readonly Attribute[] | undefined, name: string): Attribute {
  const found = attributes?.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no attribute ${name}`)
  return found
}

const names = (attributes: readonly Attribute[] | undefined) => attributes?.map((each) => each.name)

describe('the core schemas, RFC 7643 §8.7.1', () => {
  it('define every attribute of User', () => {
    expect(names(userSchema.attributes)).toEqual(
      'userName name displayName nickName profileUrl title userType preferredLanguage locale timezone active password emails phoneNumbers ims photos addresses groups entitlements roles x509Certificates'.split(
        ' ',
      ),
    )
  })

  it('make userName required, unique and case-insensitive', () => {
    const { required, caseExact, uniqueness } = find(userSchema.attributes, 'userName')
    expect({ required, caseExact, uniqueness }).toEqual({ required: true, caseExact: false, uniqueness: 'server' })
  })

  it('let a password in and never out', () => {
    const { mutability, returned } = find(userSchema.attributes, 'password')
    expect({ mutability, returned }).toEqual({ mutability: 'writeOnly', returned: 'never' })
  })

  it('make User.groups and everything in it read-only', () => {
    const groups = find(userSchema.attributes, 'groups')
    expect([groups, ...(groups.subAttributes ?? [])].every((each) => each.mutability === 'readOnly')).toBe(true)
    expect(names(groups.subAttributes)).toEqual(['value', '$ref', 'display', 'type'])
  })

  it.each([
    ['emails', ['work', 'home', 'other']],
    ['phoneNumbers', ['work', 'home', 'mobile', 'fax', 'pager', 'other']],
    ['addresses', ['work', 'home', 'other']],
    ['photos', ['photo', 'thumbnail']],
    ['entitlements', undefined],
    ['roles', undefined],
  ])('give the types of %s as Microsoft flattens them', (name, types) => {
    expect(find(find(userSchema.attributes, name).subAttributes, 'type').canonicalValues).toEqual(types)
  })

  it('define Group with members that are set once', () => {
    expect(names(groupSchema.attributes)).toEqual(['displayName', 'members'])
    const subs = find(groupSchema.attributes, 'members').subAttributes
    expect(find(subs, 'value').mutability).toBe('immutable')
    expect(find(subs, 'type').canonicalValues).toEqual(['User', 'Group'])
  })

  it('define the enterprise extension with a manager', () => {
    expect(names(enterpriseUserSchema.attributes)).toEqual(
      'employeeNumber costCenter organization division department manager'.split(' '),
    )
    const subs = find(enterpriseUserSchema.attributes, 'manager').subAttributes
    expect(names(subs)).toEqual(['value', '$ref', 'displayName'])
    expect(find(subs, 'displayName').mutability).toBe('readOnly')
  })
})
