import { expect, test } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import { resourceProblems } from './resource-problems.ts'

const custom = 'urn:example:acme:2.0:User'
const { user, group } = createModels([
  { urn: custom, name: 'badge', type: 'integer', multiValued: false },
  { urn: custom, name: 'since', type: 'dateTime', multiValued: true },
])

const paths = (resource: Parameters<typeof resourceProblems>[1]) =>
  resourceProblems(user, resource).map((each) => each.path)

test('nothing is wrong with what is right', () => {
  expect(paths({ userName: 'ana', emails: [{ value: 'a@x.test', type: 'work' }], [custom]: { badge: '7' } })).toEqual(
    [],
  )
})

test('each problem is told where it is, all of them at once', () => {
  expect(
    paths({
      userName: '',
      active: 'maybe',
      name: { givenName: 'Ana', familyName: ['Moss'] },
      emails: [{ value: 'a@x.test' }, { value: { deep: true } }],
      [enterpriseUserSchemaUrn]: { department: { is: 'no text' } },
      [custom]: { badge: 'seven', since: ['2020-01-01T00:00:00Z', 'yesterday'] },
    }),
  ).toEqual([
    'userName',
    'active',
    'name.familyName',
    'emails[1].value',
    `${enterpriseUserSchemaUrn}:department`,
    `${custom}:badge`,
    `${custom}:since[1]`,
  ])
})

test('a problem is a sentence that names what is expected', () => {
  expect(resourceProblems(user, { userName: 'ana', [custom]: { badge: 'seven' } })[0]?.problem).toMatch(
    /must be a whole number; got the text "seven"\.$/,
  )
  expect(resourceProblems(user, {})).toEqual([{ path: 'userName', problem: '"userName" is required.' }])
  expect(resourceProblems(group, { displayName: '  ' })).toEqual([
    { path: 'displayName', problem: '"displayName" must not be blank: it needs a character that can be seen.' },
  ])
})
