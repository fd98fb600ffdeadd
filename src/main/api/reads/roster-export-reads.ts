import { memberPages } from '../../directory/read/answer-resource.ts'
import { loadDirectoryConfig } from '../../directory/directory-config.ts'
import { groupJsonParts } from '../../directory/read/represent.ts'
import { createCsvExport, csvLine, exportedUser } from '../../export/export-users.ts'
import type { ExportedGroup } from '../../store/roster/search-rosters.ts'
import type { PageWish, Place, Placed, RosterPage } from '../../store/roster/roster-search.ts'
import { groupSearchOf, userSearchOf, type AskedGroups, type AskedUsers } from './roster-reads.ts'
import type { ReadSources } from './read-sources.ts'

type Format = 'csv' | 'json'

const pageSize = 500
const look = 5000

/** All rows of a list; undefined stands where it has been looked without finding any. */
function* allOf<Row extends Placed>(ask: (wish: PageWish) => RosterPage<Row>): Generator<Row | undefined> {
  let from: Place | undefined
  do {
    const page = ask({ from, backwards: false, limit: pageSize, look })
    yield* page.rows
    if (page.rows.length === 0) yield undefined
    from = page.resume
  } while (from)
}

function* jsonArray<Row>(rows: Iterable<Row | undefined>, text: (row: Row) => Iterable<string>): Generator<string> {
  let separator = '['
  for (const row of rows) {
    if (row === undefined) {
      yield ''
      continue
    }
    yield separator
    yield* text(row)
    separator = ',\n'
  }
  yield separator === '[' ? '[]\n' : ']\n'
}

function* userCsv(sources: ReadSources, asked: AskedUsers): Generator<string> {
  const { search } = userSearchOf(sources, asked)
  const models = loadDirectoryConfig(sources.reads).models.get(asked.directoryId)
  if (!models) throw new Error('the directory has no models')
  const csv = createCsvExport(models.user)
  const rows = () => allOf((wish) => sources.search.exportedUsers(search, wish))
  for (const user of rows()) {
    if (user) csv.see(user)
    yield ''
  }
  yield csv.header()
  for (const user of rows()) yield user ? csv.row(user) : ''
}

function* userJson(sources: ReadSources, asked: AskedUsers): Generator<string> {
  const { search } = userSearchOf(sources, asked)
  yield* jsonArray(
    allOf((wish) => sources.search.exportedUsers(search, wish)),
    (user) => [JSON.stringify(exportedUser(user))],
  )
}

/** A group as SCIM has it, its members written out one after the other. */
function* groupText({ reads }: ReadSources, group: ExportedGroup, base: string): Generator<string> {
  const row = { ...group, in_groups: 0 }
  const { head, tail } = groupJsonParts(row, { integrationId: 0, base, seesGroups: true })
  yield head
  let separator = ''
  for (const members of memberPages(reads, group.seq, base)) {
    yield separator + members
    separator = ','
  }
  yield `${tail.slice(0, -1)},"source":${JSON.stringify(group.source)}}`
}

function* groupJson(sources: ReadSources, asked: AskedGroups, base: string): Generator<string> {
  const { search } = groupSearchOf(sources, asked)
  yield* jsonArray(
    allOf((wish) => sources.search.exportedGroups(search, wish)),
    (group) => groupText(sources, group, base),
  )
}

function* groupCsv(sources: ReadSources, asked: AskedGroups): Generator<string> {
  const { search } = groupSearchOf(sources, asked)
  yield csvLine(['displayName', 'members', 'source', 'id'])
  for (const group of allOf((wish) => sources.search.exportedGroups(search, wish)))
    yield group ? csvLine([group.display_name, String(group.members), group.source, group.id]) : ''
}

export function openUserExport(
  sources: ReadSources,
  { asked, format }: { readonly asked: AskedUsers; readonly format: Format },
): string {
  return sources.pieces.open(format === 'csv' ? userCsv(sources, asked) : userJson(sources, asked))
}

export function openGroupExport(
  sources: ReadSources,
  { asked, format, base }: { readonly asked: AskedGroups; readonly format: Format; readonly base: string },
): string {
  return sources.pieces.open(format === 'csv' ? groupCsv(sources, asked) : groupJson(sources, asked, base))
}

export function nextPiece({ pieces }: ReadSources, input: { readonly id: string }) {
  return pieces.next(input.id)
}

export function closePieces({ pieces }: ReadSources, input: { readonly id: string }): void {
  pieces.close(input.id)
}
