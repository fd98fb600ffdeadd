import { mkdtempSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '../../engine.ts'
import { startEngine, threads } from '../../running-engine.fixture.ts'
import { databaseFileName } from '../../store/file/database-file-names.ts'

test('a database that was emptied while it is served is told once, and reads are answered with 503', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-emptied-'))
  // Closed again, so that the tables are in the file and not in its write-ahead log.
  const before = await openEngine({ dataDir, vault: 'file', actor: 'test', threads, mode: 'command' })
  await before.close()
  const { scim, as, troubles } = await startEngine({ dataDir })
  truncateSync(join(dataDir, databaseFileName), 0)
  // With a token that is not known, it is looked for one that has just been issued.
  for (const [client, path] of [
    [scim, '/Users'],
    [scim, '/Users?filter=title%20co%20%22a%22'],
    [scim, '/Groups'],
    [as('rc_unknown'), '/Users'],
  ] as const) {
    const answer = await client.get(path)
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('60')
    expect(answer.at('/detail')).toBe('Rollcall cannot read its data at present. Try again later.')
  }
  expect(troubles.filter((each) => /^(?:Requests are answered|request )/.test(each))).toEqual([
    expect.stringMatching(/^Requests are answered with 503: [^\n]*rollcall\.db was removed or replaced[^\n]*$/),
  ])
})
