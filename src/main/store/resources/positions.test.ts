import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import { base, openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { listening } from '../listening-connection.fixture.ts'
import type { ListQuery } from '../lists/list-query.ts'
import { kinds } from './resource-kind.ts'
import { prepareStoreReads, type StoreReads } from '../store-reads.ts'

const { user: model } = createModels([])

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

/** Adds so many users by SQL alone: what is tested is how they are found again. */
function seed(count: number, madeAt = (n: number) => n): void {
  const { connection, store, directoryId } = directory
  connection.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const { seq, createdAt } = store.users.nextPlace(madeAt(n))
      store.users.insert({
        seq,
        directory_id: directoryId,
        id: `id-${n}`,
        user_name: `user${n}`,
        user_name_key: `user${n}`,
        display_name_key: null,
        active: 1,
        source: 'scim',
        role: 'user',
        managed_by: null,
        hidden: 0,
        created_at: createdAt,
        external_ids: null,
        last_change: null,
        doc: `{"schemas":[],"active":true,"userName":"user${n}"}`,
      })
      store.positions.count(directoryId, kinds.User, seq, 1)
    }
    store.positions.write()
  })()
}

function prepared({ lists }: Pick<StoreReads, 'lists'>, part: Pick<ListQuery, 'startIndex' | 'count' | 'afterSeq'>) {
  const { directoryId, entra } = directory
  const scope = { model, directoryId, integrationId: entra, base, seesGroups: true }
  return lists.prepare({ scope, filter: undefined, sort: undefined, ...part })
}

function page(startIndex: number, count: number) {
  return prepared(directory.store, { startIndex, count, afterSeq: undefined }).page()
}

const after = (afterSeq: number, count: number) =>
  prepared(directory.store, { startIndex: 1, count, afterSeq }).page().rows

function idsAt(startIndex: number, count: number): readonly string[] {
  return page(startIndex, count).rows.map((row) => row.id)
}

function listed(): readonly string[] {
  const sql = 'select id from users where directory_id = ? and archived_at is null and hidden = 0 order by seq'
  return directory.connection.prepare<[number], string>(sql).pluck().all(directory.directoryId)
}

const starts = [1, 2, 1000, 1023, 1024, 1025, 1026, 2047, 2048, 2049, 3000, 3085, 3094, 3100, 3101, 3200]

const pagesRead = () => starts.map((start) => ({ start, ids: idsAt(start, 7), total: page(start, 7).total }))

function pagesExpected() {
  const ids = listed()
  return starts.map((start) => ({ start, ids: ids.slice(start - 1, start + 6), total: ids.length }))
}

const remove = (id: string) => directory.request('DELETE', `/Users/${id}`)
const restore = (id: string) => directory.administer('restore-user', { directory: 'main', who: id })

describe('a deep page', () => {
  it('begins where startIndex says, at and around the borders of the buckets', () => {
    seed(3100)
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('is found by number among many who were made at one moment, by index as by cursor', () => {
    // The clock went ahead for a while, and back again.
    seed(3100, (n) => (n < 500 || n > 2600 ? n : 5000 - n))
    for (const n of [0, 500, 501, 1021, 1024, 2047, 2599, 3099]) remove(`id-${n}`)
    expect(pagesRead()).toEqual(pagesExpected())
    const ids = listed()
    const walked: string[] = []
    for (let rows = after(0, 300); rows.length > 0; rows = after(rows.at(-1)?.seq ?? 0, 300))
      walked.push(...rows.map((row) => row.id))
    expect(walked).toEqual(ids)
    const steps: string[] = []
    const { connection } = directory
    const heard = listening(connection, ({ sql, params }) => {
      const plan = connection.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...params)
      steps.push(...plan.map(({ detail }) => detail))
    })
    prepared(prepareStoreReads(heard), { startIndex: 2900, count: 7, afterSeq: undefined }).page()
    expect(steps).toContain('SEARCH users USING INDEX users_listed (directory_id=? AND created_at=? AND seq>?)')
  })

  it('moves up when users before it are deleted, and back when they are restored', () => {
    seed(3100)
    for (const n of [0, 1, 5, 1021, 1022, 1023, 1024, 2000, 2047, 2048, 3098, 3099]) remove(`id-${n}`)
    expect(pagesRead()).toEqual(pagesExpected())
    for (const n of [1022, 0, 2048, 3099]) expect(restore(`id-${n}`).kind).toBe('value')
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('is found behind a bucket that was emptied', () => {
    seed(3100)
    directory.execute(...Array.from({ length: 1024 }, (_, n) => directory.command('DELETE', `/Users/id-${n + 1022}`)))
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('does not count local administrators, nor those who become one', () => {
    seed(1100)
    directory.administer('import-users', {
      directory: 'main',
      users: [{ line: 1, resource: { userName: 'chief' }, role: 'user-manager' }],
    })
    expect(page(1, 0).total).toBe(1101)
    directory.administer('set-user-standing', {
      directory: 'main',
      userName: 'chief',
      role: 'administrator',
      active: undefined,
    })
    expect(page(1, 0).total).toBe(1100)
    expect(pagesRead()).toEqual(pagesExpected())
    directory.administer('set-user-standing', { directory: 'main', userName: 'chief', role: 'user', active: undefined })
    expect(page(1, 0).total).toBe(1101)
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('is empty behind the last user and says how many there are', () => {
    seed(3)
    expect(page(4, 10)).toEqual({ rows: [], total: 3 })
    expect(page(2 ** 52, 10)).toEqual({ rows: [], total: 3 })
  })

  it('stays right when an archived user is purged and its place in the table is used again', () => {
    seed(1030)
    remove('id-1029')
    directory.administer('purge-user', { directory: 'main', who: 'id-1029' })
    directory.addUser('newcomer')
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('counts users who come one by one, those who leave again before others are counted in, and who comes in their place', () => {
    seed(900)
    const totals: { readonly counted: number; readonly total: number }[] = []
    const note = () => totals.push({ counted: listed().length, total: page(1, 0).total })
    for (let n = 0; n < 300; n += 1) {
      const id = directory.addUser(`new${n}`)
      note()
      if (n % 5 === 0) remove(id)
      if (n % 10 === 0) restore(id)
      if (n % 35 === 0) directory.administer('purge-user', { directory: 'main', who: id })
      if (n % 50 === 0) remove(`id-${n}`)
      note()
    }
    expect(totals.filter(({ counted, total }) => counted !== total)).toEqual([])
    expect(pagesRead()).toEqual(pagesExpected())
  })

  it('takes few steps to count, however many have come one by one', () => {
    for (let n = 0; n < 400; n += 1) directory.addUser(`new${n}`)
    const behind = directory.connection
      .prepare<[], number>(
        'select count(*) from users where seq > ifnull((select seq from counted_to where kind = 0), 0)',
      )
      .pluck()
    expect(behind.get()).toBeLessThan(128)
  })
})
