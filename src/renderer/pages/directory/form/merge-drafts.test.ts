import { expect, test } from 'vitest'
import { mergeDrafts } from './merge-drafts.ts'

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

test('what was changed in the form goes on top of what others have changed meanwhile', () => {
  const seen = { title: 'Engineer', nickName: 'Ana', name: { givenName: 'Ana', familyName: 'Moss' } }
  const theirs = { title: 'Director', nickName: 'Annie', name: { givenName: 'Anna', familyName: 'Moss' } }
  const mine = { title: 'Boss', nickName: 'Ana', name: { givenName: 'Ana', familyName: 'Moor' } }
  const { draft, differences } = mergeDrafts(seen, theirs, mine)
  expect(draft).toEqual({ title: 'Boss', nickName: 'Annie', name: { givenName: 'Anna', familyName: 'Moor' } })
  expect(differences.map(({ path, isMineToo }) => [path.join('.'), isMineToo])).toEqual([
    ['title', true],
    ['nickName', false],
    ['name.givenName', false],
  ])
})

test('what was taken out stays out, whoever did it, and what both changed alike is no conflict', () => {
  const seen = { title: 'Engineer', [enterprise]: { department: 'Sales' }, nickName: 'Ana' }
  const { draft, differences } = mergeDrafts(
    seen,
    { title: 'Engineer', nickName: 'Al' },
    { nickName: 'Al', [enterprise]: { department: 'Sales' } },
  )
  expect(draft).toEqual({ nickName: 'Al' })
  expect(differences).toEqual([
    { path: [enterprise, 'department'], seen: 'Sales', theirs: undefined, mine: 'Sales', isMineToo: false },
    { path: ['nickName'], seen: 'Ana', theirs: 'Al', mine: 'Al', isMineToo: false },
  ])
})

test('a list is one value, and the order of names in an element says nothing', () => {
  const seen = { emails: [{ type: 'work', value: 'a@example.com' }] }
  const same = { emails: [{ value: 'a@example.com', type: 'work' }] }
  expect(mergeDrafts(seen, same, same).differences).toEqual([])
  const mine = { emails: [{ type: 'work', value: 'b@example.com' }] }
  const theirs = { emails: [{ type: 'home', value: 'a@example.com' }] }
  expect(mergeDrafts(seen, theirs, mine)).toMatchObject({ draft: mine, differences: [{ isMineToo: true }] })
})
