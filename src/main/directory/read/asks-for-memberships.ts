import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { someTest } from '../../../scim/filter/some-test.ts'
import type { ListQuery } from '../../store/lists/list-query.ts'

type Asked = Pick<ListQuery, 'scope' | 'filter' | 'sort'>

/** Whether a list of users is filtered or sorted by the groups that they are in. */
export function asksForGroups(asked: Asked): boolean {
  return asked.scope.model.name === 'User' && asksFor(asked, 'groups')
}

/** Whether a list of groups is filtered or sorted by their members. */
export function asksForMembers(asked: Asked): boolean {
  return asked.scope.model.name === 'Group' && asksFor(asked, 'members')
}

function asksFor({ scope, filter, sort }: Asked, name: string): boolean {
  const isMeant = ({ schema, attribute }: AttributePath) => schema === scope.model.core && attribute?.name === name
  return (
    (sort !== undefined && isMeant(sort.path)) ||
    (filter !== undefined && someTest(filter, ({ path }) => isMeant(path)))
  )
}
