import { readableDocument } from '../resources/readable-document.ts'
import { rowWithId } from '../resources/row-with-id.ts'
import type { Attribute } from '../../../scim/model/attribute.ts'
import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import { invalidFilter } from '../../../scim/error.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import type { UsableIndex } from '../configuration/lookup-indexes.ts'
import type { SqlFragment } from './sql-fragment.ts'

/** What a filter is compiled for. */
export interface FilterScope {
  readonly model: ResourceModel
  readonly directoryId: number
  /** Whose external ids are meant. */
  readonly integrationId: number
  /** The SCIM base URL, for `$ref`. */
  readonly base: string
  /** Whether it may know of groups; otherwise nobody is in one. */
  readonly seesGroups: boolean
  /** The indexes of attributes that it may use; none where it is undefined. */
  readonly indexes?: readonly UsableIndex[]
}

/** An attribute that has a column of its own. */
export interface FilterColumn {
  readonly expression: string
  /** The column holds the folded text, or the instant in ms. */
  readonly isFolded: boolean
  readonly isIndexed: boolean
  /** Answers equality by another table. */
  readonly lookup?: (value: string) => SqlFragment
  /** Answers what is after a moment, in ms, by indexes that SQLite does not find by itself. */
  readonly after?: (operator: '>' | '>=', moment: number) => SqlFragment
}

/** Where the elements of a multi-valued attribute come from. */
export interface ElementSource {
  /** A query for something of each element; it ends in a condition that more can be and-ed to. */
  select(what: string): string
  /** The order of the elements in the resource. */
  readonly order: string
  readonly params: readonly (string | number)[]
  /** An element of a simple multi-valued attribute. */
  readonly value: string
  column(subAttribute: string): string
}

function tableOf(scope: FilterScope): 'users' | 'groups' {
  return scope.model.name === 'User' ? 'users' : 'groups'
}

function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

function jsonPath(...keys: readonly string[]): string {
  return sqlText(`$${keys.map((key) => `."${key}"`).join('')}`)
}

function idColumn(table: 'users' | 'groups'): FilterColumn {
  return {
    expression: `${table}.id`,
    isFolded: false,
    isIndexed: true,
    lookup: (value) => {
      const { sql, params } = rowWithId(table, value)
      return { sql: `${table}.seq in (${sql})`, params }
    },
  }
}

function externalIdColumn(scope: FilterScope): FilterColumn {
  const table = tableOf(scope)
  return {
    expression: `(${table}.external_ids ->> ${jsonPath(String(scope.integrationId))})`,
    isFolded: false,
    isIndexed: true,
    lookup: (value) => ({
      sql: `${table}.seq in (select seq from external_ids where integration_id = ? and kind = ? and value = ?)`,
      params: [scope.integrationId, table === 'users' ? 0 : 1, value],
    }),
  }
}

/** The column of a single-valued attribute, where it has one. */
export function columnOf(path: AttributePath, attribute: Attribute, scope: FilterScope): FilterColumn | undefined {
  if (path.schema !== scope.model.core) return undefined
  const table = tableOf(scope)
  switch (attribute.name) {
    case 'id':
      return idColumn(table)
    case 'externalId':
      return externalIdColumn(scope)
    case 'userName':
      return { expression: 'users.user_name_key', isFolded: true, isIndexed: true }
    case 'displayName':
      return { expression: `${table}.display_name_key`, isFolded: true, isIndexed: true }
    case 'active':
      return { expression: 'users.active', isFolded: false, isIndexed: true }
    case 'meta':
      return metaColumn(path, scope)
    default:
      return undefined
  }
}

/** Who was never changed stands in the index of creation alone, everybody else in that of changes. */
function modifiedAfter(scope: FilterScope, operator: '>' | '>=', moment: number): SqlFragment {
  const table = tableOf(scope)
  const listed = table === 'users' ? 'archived_at is null and hidden = 0' : 'archived_at is null'
  return {
    sql: `${table}.seq in (
      select seq from ${table} where directory_id = ? and modified_at > created_at and modified_at ${operator} ?
      union all
      select seq from ${table} where directory_id = ? and ${listed} and created_at ${operator} ? and modified_at = created_at)`,
    params: [scope.directoryId, moment, scope.directoryId, moment],
  }
}

function metaColumn(path: AttributePath, scope: FilterScope): FilterColumn {
  const table = tableOf(scope)
  switch (path.sub?.name) {
    case undefined:
      return { expression: `${table}.id`, isFolded: false, isIndexed: false }
    case 'created':
      return { expression: `${table}.created_at`, isFolded: true, isIndexed: false }
    case 'lastModified':
      return {
        expression: `${table}.modified_at`,
        isFolded: true,
        isIndexed: false,
        after: (operator, moment) => modifiedAfter(scope, operator, moment),
      }
    case 'resourceType':
      return { expression: table === 'users' ? `'User'` : `'Group'`, isFolded: false, isIndexed: false }
    case 'version':
      return {
        expression: `('W/"' || ${table}.version || '-' || ${table}.modified_at || '"')`,
        isFolded: false,
        isIndexed: false,
      }
    case 'location': {
      const list = sqlText(`${scope.base}/${table === 'users' ? 'Users' : 'Groups'}/`)
      return { expression: `(${list} || ${table}.id)`, isFolded: false, isIndexed: false }
    }
    default:
      throw invalidFilter(`The attribute "${path.text}" cannot be filtered by. Filter by id or meta.lastModified.`)
  }
}

/** The value of a single-valued attribute, or of one of its sub-attributes, out of the stored document. */
export function valueExpression(
  path: AttributePath,
  attribute: Attribute,
  sub: string | undefined,
  scope: FilterScope,
): string {
  if (attribute.name === 'meta' && path.schema === scope.model.core)
    throw invalidFilter(`The attribute "${path.text}" cannot be filtered by. Filter by meta.lastModified.`)
  const keys = path.schema && path.schema !== scope.model.core ? [path.schema.id, attribute.name] : [attribute.name]
  const document = readableDocument(`${tableOf(scope)}.doc`)
  return `((${document}) ->> ${jsonPath(...keys, ...(sub === undefined ? [] : [sub]))})`
}

function documentSource(path: AttributePath, attribute: Attribute, scope: FilterScope): ElementSource {
  const keys = path.schema && path.schema !== scope.model.core ? [path.schema.id, attribute.name] : [attribute.name]
  const document = readableDocument(`${tableOf(scope)}.doc`)
  return {
    select: (what) => `select ${what} from json_each(${document}, ${jsonPath(...keys)}) as element where 1`,
    order: 'element.key',
    params: [],
    value: 'element.value',
    column: (name) => `(element.value ->> ${jsonPath(name)})`,
  }
}

function memberSource(scope: FilterScope): ElementSource {
  const columns = new Map([
    ['value', 'case m.kind when 0 then mu.id else mg.id end'],
    ['type', `case m.kind when 0 then 'User' else 'Group' end`],
    [
      'display',
      `case m.kind when 0 then coalesce((${readableDocument('mu.doc')}) ->> '$.displayName', mu.user_name) else mg.display_name end`,
    ],
    [
      '$ref',
      `case m.kind when 0 then ${sqlText(`${scope.base}/Users/`)} || mu.id else ${sqlText(`${scope.base}/Groups/`)} || mg.id end`,
    ],
  ])
  return {
    select: (what) => `select ${what} from memberships m
      left join users mu on m.kind = 0 and mu.seq = m.member_seq
      left join groups mg on m.kind = 1 and mg.seq = m.member_seq
      where m.group_seq = groups.seq and case m.kind when 0 then mu.hidden = 0 and mu.archived_at is null else mg.archived_at is null end`,
    order: 'm.kind, m.member_seq',
    params: [],
    value: 'null',
    column: (name) => columns.get(name) ?? 'null',
  }
}

// `cross join` fixes the order of the tables: from the user to its groups, never through all groups for each user.
function userGroupSource(scope: FilterScope): ElementSource {
  const columns = new Map([
    ['value', 'ug.id'],
    ['display', 'ug.display_name'],
    // A group that holds the user both ways counts as direct.
    [
      'type',
      `case when exists (select 1 from memberships d where d.group_seq = ug.seq and d.kind = 0 and d.member_seq = users.seq) then 'direct' else 'indirect' end`,
    ],
    ['$ref', `${sqlText(`${scope.base}/Groups/`)} || ug.id`],
  ])
  return {
    select: (what) => `with recursive up (seq) as (
        select member_of.group_seq from memberships member_of cross join groups g on g.seq = member_of.group_seq and g.archived_at is null
          where member_of.kind = 0 and member_of.member_seq = users.seq
        union
        select above.group_seq from up cross join memberships above on above.kind = 1 and above.member_seq = up.seq
          cross join groups g on g.seq = above.group_seq and g.archived_at is null
      ) select ${what} from up cross join groups ug on ug.seq = up.seq where 1`,
    order: 'ug.seq',
    params: [],
    value: 'null',
    column: (name) => columns.get(name) ?? 'null',
  }
}

const noElements: ElementSource = {
  select: (what) => `select ${what} where 0`,
  order: '1',
  params: [],
  value: 'null',
  column: () => 'null',
}

/** The elements of a multi-valued attribute: of the document, or derived from memberships. */
export function elementSource(path: AttributePath, attribute: Attribute, scope: FilterScope): ElementSource {
  if (path.schema === scope.model.core) {
    if (scope.model.name === 'Group' && attribute.name === 'members') return memberSource(scope)
    if (scope.model.name === 'User' && attribute.name === 'groups')
      return scope.seesGroups ? userGroupSource(scope) : noElements
  }
  return documentSource(path, attribute, scope)
}
