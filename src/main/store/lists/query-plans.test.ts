import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { createModels } from '../../../scim/model/models.ts'
import { parseSortBy } from '../../../scim/query/sort.ts'
import { base, openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { listening, type Asked } from '../listening-connection.fixture.ts'
import type { ListQuery } from './list-query.ts'
import { newResourceId } from '../resources/resource-id.ts'
import { prepareStoreReads } from '../store-reads.ts'

const models = createModels([])

let directory: ReturnType<typeof openTestDirectory>
let asked: Asked[]
let reads: ReturnType<typeof prepareStoreReads>

beforeEach(() => {
  directory = openTestDirectory()
  asked = []
  reads = prepareStoreReads(listening(directory.connection, (each) => void asked.push(each)))
})

afterEach(() => directory.close())

/** The steps by which SQLite answers what a question asks. */
function planOf(question: () => unknown): readonly string[] {
  asked = []
  question()
  return asked.flatMap(({ sql, params }) =>
    directory.connection
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...params)
      .map((row) => row.detail),
  )
}

/** Whole tables that are read through; a derived one is as small as what it was derived from. */
function scans(plan: readonly string[]): readonly string[] {
  return plan.filter(
    (step) =>
      step.startsWith('SCAN ') &&
      !/^SCAN (?:up|down|history|element|LIST SUBQUERY|CONSTANT ROW|\d+ CONSTANT)/.test(step),
  )
}

function list(
  kind: 'user' | 'group',
  query: Omit<Partial<ListQuery>, 'filter' | 'sort'> & { readonly filter?: string; readonly sortBy?: string },
) {
  const model = models[kind]
  const { filter, sortBy, ...rest } = query
  return planOf(() =>
    reads.lists
      .prepare({
        scope: { model, directoryId: directory.directoryId, integrationId: directory.entra, base, seesGroups: true },
        startIndex: 1,
        count: 100,
        afterSeq: undefined,
        ...rest,
        filter: filter === undefined ? undefined : parseFilter(model, filter),
        sort: sortBy === undefined ? undefined : { path: parseSortBy(model, sortBy), descending: false },
      })
      .page(),
  )
}

const userFilters: readonly (readonly [string, RegExp])[] = [
  ['userName eq "a"', /users_by_user_name \(directory_id=\? AND user_name_key=\?\)/],
  ['userName sw "ali"', /users_by_user_name \(directory_id=\? AND user_name_key>\? AND user_name_key<\?\)/],
  ['displayName eq "a"', /users_by_display_name \(directory_id=\? AND display_name_key=\?\)/],
  ['id eq "a"', /users_by_id \(id=\?\)/],
  [`id eq "${newResourceId(1, 1)}"`, /^SEARCH users USING INTEGER PRIMARY KEY \(rowid=\?\)/],
  ['externalId eq "a"', /SEARCH external_ids USING PRIMARY KEY/],
  ['emails.value eq "a"', /SEARCH user_emails USING PRIMARY KEY/],
  ['emails eq "a"', /SEARCH user_emails USING PRIMARY KEY/],
  ['emails[type eq "work"].value eq "a"', /SEARCH user_emails USING PRIMARY KEY/],
  ['emails[type eq "work" and value eq "a"]', /SEARCH user_emails USING PRIMARY KEY/],
  ['meta.created gt "2026-01-01T00:00:00Z"', /users_listed \(directory_id=\? AND created_at>\?\)/],
  [
    'meta.lastModified gt "2026-01-01T00:00:00Z"',
    /users_by_modified \(directory_id=\? AND modified_at>\?\)[^]*users_listed \(directory_id=\? AND created_at>\?\)/,
  ],
  ['active eq false', /users_inactive \(directory_id=\?\)/],
  ['userName eq "a" and active eq true', /users_by_user_name/],
  ['id eq "a" and manager eq "b"', /users_by_id \(id=\?\)/],
]

const groupFilters: readonly (readonly [string, RegExp])[] = [
  ['displayName eq "a"', /groups_by_display_name \(directory_id=\? AND display_name_key=\?\)/],
  ['externalId eq "a"', /SEARCH external_ids USING PRIMARY KEY/],
  ['id eq "a"', /groups_by_id \(id=\?\)/],
  ['id eq "a" and members eq "b"', /groups_by_id \(id=\?\)/],
  ['members eq "b"', /memberships_by_member \(kind=\? AND member_seq=\?\)/],
  ['members[value eq "b"]', /memberships_by_member \(kind=\? AND member_seq=\?\)/],
]

describe('an index answers', () => {
  beforeEach(() => {
    for (let n = 0; n < 40; n += 1)
      directory.addUser(`user${n}`, { displayName: `User ${n}`, externalId: `e${n}`, active: n % 2 === 0 })
  })

  it.each(userFilters)('a filter on users: %s', (filter, index) => {
    const plan = list('user', { filter })
    expect(plan.join('\n')).toMatch(index)
    expect(scans(plan)).toEqual([])
  })

  it.each(groupFilters)('a filter on groups: %s', (filter, index) => {
    const plan = list('group', { filter })
    expect(plan.join('\n')).toMatch(index)
    expect(scans(plan)).toEqual([])
  })

  it('filters on what has a table of its own, going to the rows that it names and never through the directory', () => {
    for (const filter of [
      'externalId eq "a"',
      'emails.value eq "a"',
      'emails[type eq "work" and value eq "a"] and active eq true',
    ])
      expect(list('user', { filter }).join('\n')).toMatch(/^SEARCH users USING INTEGER PRIMARY KEY \(rowid=\?\)/)
    for (const filter of ['externalId eq "a"', 'members eq "b"', 'members.value eq "b" and displayName co "x"'])
      expect(list('group', { filter }).join('\n')).toMatch(/^SEARCH groups USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  })

  it.each([
    ['user', 'userName eq "a" or emails.value eq "a"'],
    ['user', 'userName eq "a" or externalId eq "a" or id eq "a"'],
    ['user', '(userName eq "a" and active eq true) or (externalId eq "a" and title eq "a")'],
    ['user', '(displayName eq "a" or userName eq "a") and active eq true'],
    ['group', 'displayName eq "a" or externalId eq "a"'],
    ['group', 'id eq "a" or members eq "a"'],
  ] as const)('each of several alternatives, of a %s: %s', (kind, filter) => {
    const plan = list(kind, { filter })
    expect(scans(plan)).toEqual([])
    expect(plan.join('\n')).toMatch(/^SEARCH (?:users|groups) USING INTEGER PRIMARY KEY \(rowid=\?\)/)
    expect(plan.join('\n')).not.toContain('_listed')
  })

  it.each([
    'nickName eq "a"',
    'manager eq "a" and title pr',
    'phoneNumbers.value eq "a"',
    'phoneNumbers[type eq "work"].value eq "a"',
    'nickName eq "a" or nickName eq "b"',
    'nickName eq "a" or userName eq "b"',
  ])('a filter on an attribute that has been given one: %s', (filter) => {
    for (const path of ['nickName', 'manager', 'phoneNumbers'])
      directory.administer('add-lookup-index', { directory: 'main', path })
    for (const { id } of reads.lookupIndexes.unfinished())
      directory.administer('advance-lookup-index', {
        id,
        afterSeq: 0,
        items: 1000,
        limits: { budgetMs: 10_000, atLeast: 1000 },
      })
    const plan = list('user', { filter })
    expect(plan.join('\n')).toMatch(/SEARCH lookup_keys USING PRIMARY KEY \(index_id=\? AND value_key=\?\)/)
    expect(plan.join('\n')).toMatch(/SEARCH users USING INTEGER PRIMARY KEY \(rowid=\?\)/)
    expect(scans(plan)).toEqual([])
    expect(plan.join('\n')).not.toContain('_listed')
  })

  it('whether a group has the member that a value filter names, however many it has', () => {
    for (const filter of ['members[value eq "b"]', 'id eq "a" and members[value eq "b" and type eq "User"]'])
      expect(list('group', { filter }).join('\n')).toMatch(/SEARCH m USING [^\n]*kind=\? AND member_seq=\?/)
  })

  it('who is in a group that a filter names, from the group to its users', () => {
    for (const filter of ['groups.value eq "a"', 'groups[value eq "a" and type eq "direct"] and title pr']) {
      const plan = list('user', { filter })
      expect(scans(plan)).toEqual([])
      expect(plan.join('\n')).toMatch(/^SEARCH users USING INTEGER PRIMARY KEY \(rowid=\?\)/m)
      expect(plan.join('\n')).toMatch(/SEARCH of_group USING PRIMARY KEY \(group_seq=\? AND kind=\?\)/)
    }
    // One user is found sooner than everybody in the group.
    expect(list('user', { filter: 'userName eq "a" and groups.value eq "b"' }).join('\n')).not.toContain('of_group')
  })

  it('a sorted list, whose documents are read for its page alone', () => {
    const plan = list('user', { sortBy: 'title', startIndex: 30 })
    expect(plan.join('\n')).toMatch(/SEARCH users USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  })

  it('whether so many are found that another thread has to look at them, by no more rows than that', () => {
    const wide = (filter: string) => {
      const prepared = reads.lists.prepare({
        scope: { model: models.user, directoryId: directory.directoryId, integrationId: 1, base, seesGroups: true },
        startIndex: 1,
        count: 10,
        afterSeq: undefined,
        filter: parseFilter(models.user, filter),
        sort: undefined,
      })
      return prepared.isWiderThan
    }
    for (const filter of [
      'userName sw "user"',
      'displayName sw "User" and title pr',
      'active eq false',
      'active eq false or userName sw "user"',
    ]) {
      const isWiderThan = wide(filter)
      const plan = planOf(() => expect([isWiderThan?.(19), isWiderThan?.(40)]).toEqual([true, false]))
      expect(scans(plan)).toEqual([])
      expect(plan.join('\n')).not.toContain('TEMP B-TREE')
    }
    // Each test is counted along its own index: in one condition they would be sought in the whole directory.
    const isWiderThan = wide('displayName sw "nobody" or userName sw "user"')
    const plan = planOf(() => expect([isWiderThan?.(39), isWiderThan?.(40)]).toEqual([true, false]))
    expect(plan).toHaveLength(4)
    for (const filter of ['userName eq "user1" or id eq "a"', 'emails.value eq "a"', 'externalId eq "e1" and title pr'])
      expect(wide(filter)).toBeUndefined()
  })

  it('the first page, a deep page and a page behind a cursor, without sorting', () => {
    for (const query of [{}, { startIndex: 30 }, { afterSeq: 20 }]) {
      for (const kind of ['user', 'group'] as const) {
        const plan = list(kind, query)
        expect(scans(plan)).toEqual([])
        expect(plan.join('\n')).not.toContain('TEMP B-TREE')
      }
      expect(list('user', query).join('\n')).toMatch(/users_listed/)
    }
  })

  it('the groups of a user', () => {
    const plan = planOf(() => reads.memberships.groupsOfUser(7))
    expect(plan.join('\n')).toMatch(/memberships_by_member \(kind=\? AND member_seq=\?\)/)
    expect(scans(plan)).toEqual([])
  })

  it('the groups above the groups of a user', () => {
    const alice = directory.addUser('alice')
    directory.addGroup('outer', [directory.addGroup('inner', [alice])])
    const seq = directory.store.users.any(directory.directoryId, alice)?.seq ?? 0
    const plan = planOf(() => expect(reads.memberships.groupsOfUser(seq)).toHaveLength(2))
    expect(scans(plan)).toEqual([])
  })

  it('for each user what its groups are, in a filter on them', () => {
    const plan = list('user', { filter: 'groups[type eq "indirect" and display sw "a"]' })
    expect(scans(plan)).toEqual([])
  })

  it('whether a group would come to be in itself, from one group to the next and never through all that are nested', () => {
    const above = planOf(() => reads.memberships.groupsAbove(1))
    expect(above.join('\n')).toMatch(/memberships_by_member \(kind=\? AND member_seq=\?\)/)
    const inside = planOf(() => reads.memberships.groupsInside(1))
    expect(inside.join('\n')).toMatch(/SEARCH m USING PRIMARY KEY \(group_seq=\? AND kind=\?\)/)
  })

  it('a page of members, in their order', () => {
    const plan = planOf(() => reads.memberships.page(1, -1, 0, 100))
    expect(plan.join('\n')).toMatch(/SEARCH m USING PRIMARY KEY \(group_seq=\?/)
    expect(plan.join('\n')).not.toContain('TEMP B-TREE')
    expect(scans(plan)).toEqual([])
  })

  it('a user or a group by its id, going to its row at once', () => {
    const id = newResourceId(7, 1)
    for (const question of [
      () => reads.users.listed(directory.directoryId, id),
      () => reads.groups.listed(directory.directoryId, id),
    ])
      expect(planOf(question)[0]).toMatch(/USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  })

  it('single users and groups', () => {
    const { directoryId } = directory
    const plan = planOf(() => {
      reads.users.listed(directoryId, 'a')
      reads.users.any(directoryId, 'a')
      reads.users.byUserNameKey(directoryId, 'a')
      reads.groups.listed(directoryId, 'a')
      reads.groups.byDisplayNameKey(directoryId, 'a')
      reads.memberships.isMember(1, 0, 1)
      reads.memberships.hasMoreThan(1, 10)
      reads.changes.ofResource({ last_change: 1 }, 10)
      reads.changes.ofRequest('a', 1, 2)
      reads.rosters.users(directoryId, 0, 10, false)
      reads.rosters.archivedByUserNameKey(directoryId, 'a')
    })
    expect(scans(plan)).toEqual([])
  })

  it('the archived users, without sorting very many of them for each page', () => {
    const { connection, directoryId } = directory
    const page = () => reads.rosters.users(directoryId, 0, 2, true)
    expect(planOf(page).join('\n')).toContain('INDEX users_archived')
    connection
      .prepare(
        `with recursive n (i) as (select 1 union all select i + 1 from n where i <= 10000)
         insert into users (directory_id, id, user_name, user_name_key, active, source, role, version, created_at, modified_at, archived_at, doc)
         select ?, 'gone' || i, 'gone' || i, 'gone' || i, 1, 'local', 'user', 1, 1, 1, 1, '{}' from n`,
      )
      .run(directoryId)
    const plan = planOf(page).join('\n')
    expect(plan).toContain('SEARCH users USING INTEGER PRIMARY KEY')
    expect(plan).not.toContain('TEMP B-TREE')
    expect(page().map((user) => user.user_name)).toEqual(['gone1', 'gone2'])
  })

  it('jobs, former userNames, and the users that a conversion looks at', () => {
    const { directoryId } = directory
    const plan = planOf(() => {
      reads.jobs.inLane(directoryId, 'user-ids')
      reads.jobRemarks.page(1, -1, 10)
      reads.aliases.ofJob(1, 0, 10)
      reads.aliases.ofJobAndUser(1, 1)
      reads.aliases.personSeqs(directoryId, 'a')
      reads.aliases.mapping(directoryId, { job: 0, seq: 0 }, 9, 10)
      reads.conversionUsers.present(directoryId, 0, 10)
      reads.conversionUsers.archived(directoryId, { archived_at: 0, seq: 0 }, 10)
      reads.rosters.users(directoryId, 0, 10, false)
    })
    expect(scans(plan)).toEqual([])
    expect(plan.join('\n')).not.toContain('TEMP B-TREE FOR ORDER BY')
  })
})
