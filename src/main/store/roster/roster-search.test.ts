import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fold } from '../../../scim/text/fold.ts'
import { createTestDirectory, openTestDirectory, type TestDirectory } from '../../directory/test-directory.fixture.ts'
import { migrate } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import { prepareRosterSearch, type RosterSearch } from './search-rosters.ts'
import { registerFunctions } from '../filter/sql-functions.ts'
import type { GroupSearch, PageWish, Place, Placed, RosterPage, RosterText, UserSearch } from './roster-search.ts'

function textOf(raw: string, reach: RosterText['reach']): RosterText | undefined {
  return raw === '' ? undefined : { raw, folded: fold(raw), reach }
}

const everybody = {
  text: undefined,
  source: undefined,
  managedBy: undefined,
  hasDrifted: false,
  active: undefined,
  role: undefined,
  archived: false,
  sort: 'userName',
  descending: false,
} as const

/** All pages of a list, one after the other; `look` is how many rows are looked at for each. */
function walk<Row extends Placed>(
  ask: (wish: PageWish) => RosterPage<Row>,
  limit: number,
  look: number,
  backwards = false,
): readonly Row[] {
  const rows: Row[] = []
  let from: Place | undefined
  do {
    const page = ask({ from, backwards, limit, look })
    rows.push(...page.rows)
    from = page.resume
  } while (from)
  return rows
}

describe('any list of users', () => {
  const names = ['ana', 'Bo', 'ANNA', 'zoë', 'ana2', 'straße', 'x']
  const person = fc.record({
    name: fc.constantFrom(...names),
    display: fc.option(fc.constantFrom('Ana Moss', 'ann', 'Moss', 'Ωmega', '')),
    email: fc.option(fc.constantFrom('moss@x.test', 'ana@y.test')),
    active: fc.boolean(),
    local: fc.boolean(),
    archived: fc.boolean(),
    drifted: fc.boolean(),
  })
  const query = fc.record({
    text: fc.constantFrom('', 'an', 'AN', 'moss', 'ss', 'y.t', 'e3', 'nobody'),
    reach: fc.constantFrom('beginning' as const, 'anywhere' as const),
    source: fc.constantFrom(undefined, 'local' as const, 'scim' as const),
    active: fc.constantFrom(undefined, true, false),
    hasDrifted: fc.boolean(),
    archived: fc.boolean(),
    sort: fc.constantFrom('userName' as const, 'displayName' as const, 'createdAt' as const, 'modifiedAt' as const),
    descending: fc.boolean(),
  })

  interface Known {
    readonly id: string
    readonly seq: number
    readonly user_name_key: string
    readonly display_name_key: string | null
    readonly created_at: number
    readonly modified_at: number
    readonly archived_at: number | null
    readonly active: number
    readonly source: string
    readonly emails: string
    readonly external: string | null
    readonly drifted: number
  }

  function fill(
    directory: TestDirectory,
    people: readonly (typeof person extends fc.Arbitrary<infer P> ? P : never)[],
  ) {
    for (const [n, { name, display, email, active, local, archived, drifted }] of people.entries()) {
      const resource = {
        userName: `${name}${n}`,
        active,
        ...(display === null ? {} : { displayName: display }),
        ...(email === null ? {} : { emails: [{ value: email, type: 'work' }] }),
      }
      if (local)
        directory.administer('import-users', { directory: 'main', users: [{ line: n, resource, role: 'user' }] })
      else directory.request('POST', '/Users', { ...resource, externalId: `e${n}` })
      const row = directory.store.users.byUserNameKey(directory.directoryId, fold(resource.userName))
      if (!row) throw new Error('nobody was made')
      if (drifted)
        directory.administer('edit-user', {
          directory: 'main',
          id: row.id,
          resource: { ...resource, title: 'Boss' },
          version: row.version,
          overManaged: true,
        })
      if (archived) directory.administer('archive-user', { directory: 'main', id: row.id, overManaged: true })
    }
  }

  function known(directory: TestDirectory): readonly Known[] {
    return directory.connection
      .prepare<[number], Known>(
        `select id, seq, user_name_key, display_name_key, created_at, modified_at, archived_at, active, source,
           ifnull((select group_concat(value_key, ' ') from user_emails where user_seq = seq), '') as emails,
           (select value from json_each(external_ids)) as external,
           (select count(*) from drift where kind = 0 and drift.seq = users.seq) as drifted
         from users where directory_id = ?`,
      )
      .all(directory.directoryId)
  }

  const byCodePoint = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other))

  it('has the same people in the same order, however it is cut, in both directions', () => {
    fc.assert(
      fc.property(
        fc.array(person, { maxLength: 14 }),
        fc.array(query, { minLength: 3, maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        (people, queries, limit, look) => {
          const connection = new Database(':memory:')
          migrate(connection, ':memory:', migrations)
          registerFunctions(connection)
          const directory = createTestDirectory(connection)
          fill(directory, people)
          const search = prepareRosterSearch(connection)
          const all = known(directory)
          for (const { text, reach, ...rest } of queries) {
            const wanted = fold(text)
            const has = (value: string) => (reach === 'anywhere' ? value.includes(wanted) : value.startsWith(wanted))
            const key = (each: Known) =>
              rest.archived
                ? each.archived_at
                : rest.sort === 'userName'
                  ? each.user_name_key
                  : rest.sort === 'displayName'
                    ? each.display_name_key
                    : rest.sort === 'createdAt'
                      ? each.created_at
                      : each.modified_at
            const expected = all
              .filter((each) => (each.archived_at !== null) === rest.archived)
              .filter((each) => rest.source === undefined || each.source === rest.source)
              .filter((each) => rest.active === undefined || (each.active === 1) === rest.active)
              .filter((each) => !rest.hasDrifted || each.drifted > 0)
              .filter(
                (each) =>
                  text === '' ||
                  has(each.user_name_key) ||
                  has(each.display_name_key ?? '') ||
                  each.emails.split(' ').some((email) => email !== '' && has(email)) ||
                  each.external === text,
              )
              .toSorted((one, other) => {
                const [a, b] = [key(one), key(other)]
                const sign = rest.descending ? -1 : 1
                if (a === null || b === null) return a === b ? sign * (one.seq - other.seq) : a === null ? 1 : -1
                const order = typeof a === 'string' && typeof b === 'string' ? byCodePoint(a, b) : Number(a) - Number(b)
                return sign * (order === 0 ? one.seq - other.seq : order)
              })
              .map((each) => each.id)
            const question: UserSearch = {
              ...everybody,
              ...rest,
              text: textOf(text, reach),
              directoryId: directory.directoryId,
            }
            const ask = (wish: PageWish) => search.users(question, wish)
            expect(walk(ask, limit, look).map((each) => each.id)).toEqual(expected)
            expect(walk(ask, limit, look, true).map((each) => each.id)).toEqual(expected.toReversed())
            const whole = ask({ from: undefined, backwards: false, limit: 1000, look: 1000 })
            expect(whole.total).toBe(expected.length)
          }
          connection.close()
        },
      ),
      { numRuns: 60 },
    )
  })
})

describe('a long list', () => {
  let directory: ReturnType<typeof openTestDirectory>
  let search: RosterSearch
  const people = 6000

  beforeEach(() => {
    directory = openTestDirectory()
    const resources = Array.from({ length: people }, (_, n) => ({
      line: n,
      resource: { userName: `person${String(n).padStart(5, '0')}`, ...(n % 3 === 0 ? {} : { displayName: `P ${n}` }) },
      role: undefined,
    }))
    directory.administer('import-users', { directory: 'main', users: resources })
    search = prepareRosterSearch(directory.connection)
  })

  afterEach(() => directory.close())

  const everyone = (rest: Partial<UserSearch>): UserSearch => ({
    ...everybody,
    directoryId: directory.directoryId,
    ...rest,
  })

  it('is walked in its order where too many are found to be sorted', () => {
    const names = Array.from({ length: people }, (_, n) => `person${String(n).padStart(5, '0')}`)
    for (const sort of ['userName', 'displayName', 'createdAt'] as const)
      for (const descending of [false, true])
        for (const rest of [{}, { source: 'local' as const }, { text: textOf('person', 'beginning') }]) {
          const ask = (wish: PageWish) => search.users(everyone({ sort, descending, ...rest }), wish)
          const found = walk(ask, 700, 1500).map((each) => each.user_name)
          expect(found.filter((name) => name !== 'admin').toSorted()).toEqual(names)
          expect(walk(ask, 700, 1500, true).map((each) => each.user_name)).toEqual(found.toReversed())
        }
  })

  it('comes back before it has looked at everybody, and says how far it came', () => {
    directory.administer('set-user-standing', {
      directory: 'main',
      userName: 'person05999',
      role: undefined,
      active: false,
    })
    const question = everyone({ source: 'scim' })
    const first = search.users(question, { from: undefined, backwards: false, limit: 10, look: 1000 })
    expect(first).toMatchObject({ rows: [], total: undefined, resume: { key: 'person00998' } })
    const inactive = search.users(everyone({ active: false }), {
      from: undefined,
      backwards: false,
      limit: 10,
      look: 1000,
    })
    expect(inactive).toMatchObject({ rows: [{ user_name: 'person05999' }], total: 1, resume: undefined })
  })

  it('tells how many there are without looking at them', () => {
    expect(search.users(everyone({}), { from: undefined, backwards: false, limit: 1, look: 10 }).total).toBe(people + 1)
  })

  it('never reads the table through, whatever is asked', () => {
    const asked: string[] = []
    const listening = new Proxy(directory.connection, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key)
        if (key === 'prepare')
          return (sql: string) => {
            asked.push(sql)
            return target.prepare(sql)
          }
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    const watched = prepareRosterSearch(listening)
    asked.length = 0
    const wish = { from: { key: 'a', seq: 1 }, backwards: false, limit: 10, look: 100 }
    for (const sort of ['userName', 'displayName', 'createdAt', 'modifiedAt'] as const)
      for (const backwards of [false, true])
        for (const rest of [
          {},
          { text: textOf('person', 'beginning') },
          { text: textOf('nobody', 'anywhere') },
          { role: 'administrator' as const },
          { active: false },
          { source: 'local' as const },
          { hasDrifted: true },
          { managedBy: 1 },
          { archived: true },
        ])
          watched.users(everyone({ sort, ...rest }), { ...wish, backwards })
    const groups: GroupSearch = { ...everybody, directoryId: directory.directoryId, sort: 'displayName' }
    watched.groups(groups, wish)
    watched.groups({ ...groups, text: textOf('x', 'beginning'), hasDrifted: true }, wish)
    const plans = asked.map((sql) => ({
      sql,
      steps: directory.connection
        .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
        .all(...Array.from(sql.matchAll(/\?/g), () => '1'))
        .map((row) => row.detail),
    }))
    const scans = plans.flatMap(({ sql, steps }) =>
      steps
        .filter((step) => /^SCAN (?:users|groups|memberships|user_emails)\b/.test(step))
        .map((step) => `${step}: ${sql}`),
    )
    expect(plans.length).toBeGreaterThan(50)
    expect(scans).toEqual([])
    const byNumber = plans.filter(({ sql }) => sql.includes('json_each(?)'))
    expect(byNumber.length).toBeGreaterThan(5)
    for (const { steps } of byNumber) expect(steps.join('\n')).toMatch(/SEARCH \w+ USING INTEGER PRIMARY KEY/)
    const sorted = plans.filter(
      ({ sql, steps }) =>
        sql.includes('order by') && !sql.includes('json_each(?)') && steps.some((step) => step.includes('TEMP B-TREE')),
    )
    expect(sorted).toEqual([])
  })
})
