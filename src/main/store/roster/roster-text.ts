import { readableDocument } from '../resources/readable-document.ts'
import { beginningWith, joined, type SqlFragment } from '../filter/sql-fragment.ts'
import { rowWithId } from '../resources/row-with-id.ts'
import type { RosterText } from './roster-search.ts'

function fragment(sql: string, ...params: readonly (string | number)[]): SqlFragment {
  return { sql, params }
}

function matching(column: string, { folded, reach }: RosterText): SqlFragment {
  return reach === 'anywhere' ? fragment(`instr(${column}, ?) > 0`, folded) : beginningWith(column, folded)
}

function beginning(expression: string, { folded }: RosterText): SqlFragment {
  return fragment(`substr(${expression}, 1, length(?)) = ?`, folded, folded)
}

function ofValue(expression: string, text: RosterText): SqlFragment {
  return text.reach === 'anywhere' ? fragment(`instr(${expression}, ?) > 0`, text.folded) : beginning(expression, text)
}

/** External ids of integrations that have been deleted stand in the row still, and count no more. */
function hasExternalId({ raw }: RosterText): SqlFragment {
  return fragment(
    `exists (select 1 from json_each(external_ids) external join integrations on integrations.id = cast(external.key as integer)
       where external.value = ? and integrations.deleted_at is null)`,
    raw,
  )
}

/** Whether one row is found by a text, for rows that something else has led to. */
export function userHasText(text: RosterText): SqlFragment {
  const email = ofValue(`fold(email.value ->> '$.value')`, text)
  return joined(
    [
      ofValue('user_name_key', text),
      ofValue(`ifnull(display_name_key, '')`, text),
      fragment('id = ?', text.raw),
      hasExternalId(text),
      fragment(
        `exists (select 1 from json_each(${readableDocument('doc')}, '$.emails') email where ${email.sql})`,
        ...email.params,
      ),
    ],
    'or',
  )
}

/** Whether one row of a group is found by a text, for rows that something else has led to. */
export function groupHasText(text: RosterText): SqlFragment {
  return joined([ofValue('display_name_key', text), fragment('id = ?', text.raw), hasExternalId(text)], 'or')
}

function union(queries: readonly SqlFragment[]): SqlFragment {
  return {
    sql: queries.map((each) => each.sql).join(' union all '),
    params: queries.flatMap((each) => each.params),
  }
}

/** The row whose id the text is. */
function ofDirectory(table: 'users' | 'groups', { raw }: RosterText, directoryId: number): SqlFragment {
  const { sql, params } = rowWithId(table, raw)
  return fragment(`select seq from ${table} where directory_id = ? and seq in (${sql})`, directoryId, ...params)
}

const externals = `select seq from external_ids where integration_id in (select id from integrations where directory_id = ? and deleted_at is null)`

/** The users to whom a text may lead, out of indexes alone: some of them more than once, archived ones among them. */
export function usersByText(directoryId: number, text: RosterText): SqlFragment {
  const userName = matching('user_name_key', text)
  const displayName = matching('display_name_key', text)
  const email = matching('value_key', text)
  return union([
    fragment(
      `select seq from users indexed by users_by_user_name where directory_id = ? and archived_at is null and ${userName.sql}`,
      directoryId,
      ...userName.params,
    ),
    fragment(
      `select seq from users indexed by users_by_display_name where directory_id = ? and ${displayName.sql}`,
      directoryId,
      ...displayName.params,
    ),
    fragment(`select user_seq from user_emails where directory_id = ? and ${email.sql}`, directoryId, ...email.params),
    fragment(`${externals} and kind = 0 and value = ?`, directoryId, text.raw),
    ofDirectory('users', text, directoryId),
  ])
}

/** The groups to which a text may lead, out of indexes alone: some of them more than once, archived ones among them. */
export function groupsByText(directoryId: number, text: RosterText): SqlFragment {
  const displayName = matching('display_name_key', text)
  return union([
    fragment(
      `select seq from groups indexed by groups_by_display_name where directory_id = ? and archived_at is null and ${displayName.sql}`,
      directoryId,
      ...displayName.params,
    ),
    fragment(`${externals} and kind = 1 and value = ?`, directoryId, text.raw),
    ofDirectory('groups', text, directoryId),
  ])
}
