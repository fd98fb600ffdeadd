import { groupLines, userLines, type MappedAttribute } from './mapped-attribute.ts'

const people = userLines(
  ['user name', 'userName', 'needed'],
  ['active', 'active', 'usual'],
  ['first name', 'name.givenName', 'usual'],
  ['last name', 'name.familyName', 'usual'],
  ['e-mail', 'emails[type eq "work"].value', 'usual'],
  ['display name', 'displayName', 'usual'],
)

/** What every IdP should send of people; those that publish no mapping of their own are held to it. */
export const basicUserMapping: readonly MappedAttribute[] = people

export const basicMapping: readonly MappedAttribute[] = [
  ...people,
  ...groupLines(['name', 'displayName', 'needed'], ['members', 'members', 'usual']),
]
