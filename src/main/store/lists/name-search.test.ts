import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestDirectory } from '../../directory/test-directory.fixture.ts'
import { atOnce } from '../../steps.ts'
import { listening, type Asked } from '../listening-connection.fixture.ts'
import { prepareNameSearch, type NameSearch } from './name-search.ts'

let directory: ReturnType<typeof openTestDirectory>
let asked: Asked[]
let names: NameSearch
let ids: readonly string[]

beforeEach(() => {
  directory = openTestDirectory()
  asked = []
  // Names repeat, so that some steps end in the midst of equal ones.
  ids = Array.from({ length: 40 }, (_, n) =>
    directory.addUser(`u${n}@example.com`, n % 3 === 0 ? {} : { displayName: n % 2 === 0 ? 'Ana Moss' : 'Bo' }),
  )
  for (let n = 0; n < 40; n += 4) directory.request('DELETE', `/Users/${ids[n]}`)
  names = prepareNameSearch(
    listening(directory.connection, (each) => void asked.push(each)),
    { entries: 7, rows: 3 },
  )
})

afterEach(() => directory.close())

const numbers = (found: readonly string[]) => found.map((id) => ids.indexOf(id)).toSorted((one, other) => one - other)
const all = (holds: (n: number) => boolean) => ids.flatMap((_, n) => (holds(n) ? [n] : []))

it('finds a part of a userName or displayName, of those who are archived too, each once', () => {
  expect(numbers(atOnce(names.users('u1', 100)))).toEqual(all((n) => String(n).startsWith('1')))
  expect(numbers(atOnce(names.users('@example', 100)))).toEqual(all(() => true))
  expect(numbers(atOnce(names.users('a mo', 100)))).toEqual(all((n) => n % 3 !== 0 && n % 2 === 0))
  expect(atOnce(names.users('nobody', 100))).toEqual([])
  expect(atOnce(names.users('@example', 12))).toHaveLength(12)
  const some = [ids[4], ids[5], ids[14]].flatMap((id) => id ?? [])
  expect(numbers(names.usersAmong('u4', some))).toEqual([4])
  expect(numbers(names.usersAmong('moss', some))).toEqual([4, 14])
})

it('finds groups, those that are archived too', () => {
  const groups = ['Sales', 'Presales', 'Care'].map((name) => directory.addGroup(name))
  directory.request('DELETE', `/Groups/${groups[1]}`)
  expect(new Set(atOnce(names.groups('sales', 100)))).toEqual(new Set(groups.slice(0, 2)))
  expect(names.groupsAmong('sales', groups.slice(1))).toEqual([groups[1]])
})

it('never goes through a table: names of those who are there stand in indexes, archived ones are led to', () => {
  atOnce(names.users('nobody', 100))
  atOnce(names.groups('nobody', 100))
  names.usersAmong('nobody', ids)
  const steps = asked.flatMap(({ sql, params }) =>
    directory.connection
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...params)
      .map(({ detail }) => detail),
  )
  const tables = steps.filter((step) => /\b(?:users|groups)\b/.test(step))
  expect(tables.filter((step) => !/^SEARCH \w+ USING (?:(?:COVERING )?INDEX|INTEGER PRIMARY KEY)/.test(step))).toEqual(
    [],
  )
  // Each step begins where the one before has ended.
  const parts = asked.filter(({ sql }) => sql.includes('users_by_user_name'))
  expect(parts.length).toBeGreaterThan(6)
})
