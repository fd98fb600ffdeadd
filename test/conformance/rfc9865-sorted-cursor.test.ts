import { afterAll, expect, test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeCursor } from '../../src/scim/query/cursor.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(() => server.stop())

const { scim } = server

async function walk(query: string, between: () => Promise<void>): Promise<readonly string[]> {
  const names: string[] = []
  let cursor: string | undefined = ''
  while (cursor !== undefined) {
    const page = await scim.get(`/Users?${query}&count=3&cursor=${cursor}`)
    names.push(...page.texts('/userName'))
    const next = page.at('/nextCursor')
    cursor = typeof next === 'string' ? next : undefined
    await between()
  }
  return names
}

test.each([
  'sortBy=title',
  'sortBy=title&sortOrder=descending',
  'sortBy=userName',
  'sortBy=emails',
  'sortBy=meta.resourceType',
])('what comes and goes between two pages of %s neither repeats nor skips anybody else', async (query) => {
  const ids: string[] = []
  const tag = query.replaceAll(/\W/g, '')
  for (let n = 0; n < 12; n += 1)
    ids.push(
      await scim.create(
        '/Users',
        user({ userName: `walk-${tag}-${n}@sorted.test`, ...(n % 3 === 0 ? {} : { title: `T${n % 4}` }) }),
      ),
    )
  let round = 0
  const names = await walk(`${query}&filter=userName+sw+%22walk-${tag}%22`, async () => {
    round += 1
    await scim.create('/Users', user({ userName: `walk-${tag}-new-${round}@sorted.test`, title: 'A first' }))
    if (round === 2) await scim.delete(`/Users/${ids[0]}`)
  })
  const old = names.filter((each) => !each.includes('-new-'))
  expect(new Set(names).size).toBe(names.length)
  const expected = Array.from({ length: 12 }, (_, n) => `walk-${tag}-${n}@sorted.test`)
  for (const name of expected.slice(1)) expect(old).toContain(name)
})

/** Nine users, whose ids are returned; a page of three by a cursor, after which the last of it is changed. */
async function changeBetween(tag: string, sort: string, title: (n: number) => string | undefined, change: object) {
  const ids: string[] = []
  for (let n = 0; n < 9; n += 1)
    ids.push(await scim.create('/Users', user({ userName: `${tag}-${n}@sorted.test`, title: title(n) })))
  const list = `/Users?sortBy=${sort}&count=3&filter=userName+sw+%22${tag}%22&cursor=`
  const first = await scim.get(list)
  const last = first.textAt('/Resources/2/id')
  expect((await scim.patch(`/Users/${last}`, [change])).status).toBe(200)
  return { ids, first, last, next: `${list}${first.textAt('/nextCursor')}` }
}

test('a change of the resource at which a list by time or by absence goes on repeats and skips nobody else', async () => {
  for (const [tag, sort, title] of [
    ['moved', 'meta.lastModified', () => undefined],
    ['gained', 'title&sortOrder=descending', () => undefined],
  ] as const) {
    const change = { op: 'replace', path: 'title', value: 'changed' }
    const { ids, first, last, next } = await changeBetween(tag, sort, title, change)
    const seen = [...first.texts('/id')]
    let cursor: unknown = next.slice(next.indexOf('cursor=') + 7)
    while (typeof cursor === 'string') {
      const page = await scim.get(next.replace(/cursor=.*/, `cursor=${cursor}`))
      expect(page.status).toBe(200)
      seen.push(...page.texts('/id'))
      cursor = page.at('/nextCursor')
    }
    const others = seen.filter((id) => id !== last)
    expect(others).toHaveLength(8)
    expect(new Set(seen)).toEqual(new Set(ids))
  }
})

test('where a text has changed at which a sorted list goes on, the cursor has expired, and nobody is left out in silence', async () => {
  const title = (n: number) => `T${n}`
  for (const change of [
    { op: 'replace', path: 'title', value: 'Z' },
    { op: 'remove', path: 'title' },
  ]) {
    const { next } = await changeBetween(`text-${change.op}`, 'title', title, change)
    const refused = await scim.get(next)
    expect(refused.status).toBe(400)
    expect(refused.at('/scimType')).toBe('expiredCursor')
  }
})

test('a cursor that was made up tells nothing of local administrators and of other directories', async () => {
  await scim.create('/Users', user({ userName: 'aa-made-up@sorted.test' }))
  await scim.create('/Users', user({ userName: 'zz-made-up@sorted.test' }))
  const list = '/Users?sortBy=userName&filter=userName+co+%22-made-up%22&count=1&cursor='
  const first = await scim.get(list)
  expect(first.texts('/userName')).toEqual(['aa-made-up@sorted.test'])
  const [key = '', queryHash = '', issued = ''] = atob(first.textAt('/nextCursor')).split('.')
  const forged = (lastKey: number) =>
    scim.get(`${list}${encodeCursor({ lastKey, queryHash, issuedAt: Number.parseInt(issued, 36) })}`)
  const people = join(server.dataDir, 'people.csv')
  writeFileSync(people, 'userName\nmm@elsewhere.test\n')
  await server.rollcall('directories', 'create', 'elsewhere', '--name', 'Elsewhere')
  await server.rollcall('users', 'import', people, '--directory', 'elsewhere', '--yes')
  const own = Number.parseInt(key, 36)
  expect((await forged(own)).texts('/userName')).toEqual(['zz-made-up@sorted.test'])
  const told = {
    administrator: (await forged(1)).texts('/userName'),
    elsewhere: (await forged(own + 2)).texts('/userName'),
  }
  expect(told).toEqual({ administrator: [], elsewhere: [] })
})
