import { afterAll, expect, test } from 'vitest'
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

test.each(['sortBy=title', 'sortBy=title&sortOrder=descending', 'sortBy=userName', 'sortBy=emails'])(
  'what comes and goes between two pages of %s neither repeats nor skips anybody else',
  async (query) => {
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
  },
)
