import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventually } from '../../../test/eventually.ts'
import { group, user } from '../../../test/people.ts'
import { startServer, type Server } from '../../../test/server.ts'
import { commandLine, commandLineWithIntegration } from '../command.fixture.ts'
import { followCommand } from '../followed-command.fixture.ts'

const Counts = z.object({
  matched: z.number(),
  created: z.number(),
  updated: z.number(),
  disabled: z.number(),
  deleted: z.number(),
})

/** The JSON that is promised; there is more. */
const Status = z.object({
  integrations: z.array(
    z.object({
      slug: z.string(),
      state: z.string(),
      sentence: z.string(),
      lastRequestAt: z.string().nullable(),
      cycles: z.array(
        z.object({
          kind: z.string(),
          startedAt: z.string(),
          endedAt: z.string().nullable(),
          inferred: z.literal(true),
          users: Counts,
          groups: Counts,
          failures: z.number(),
        }),
      ),
      failing: z.array(z.object({ who: z.string(), answer: z.string(), advice: z.string() })),
    }),
  ),
  drift: z.array(z.unknown()),
})

const statusOf = async (server: Server) => Status.parse(await server.rollcall('status'))

async function provision({ scim }: Server, names: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = []
  for (const userName of names) {
    await scim.find('/Users', `userName eq "${userName}"`)
    ids.push(await scim.create('/Users', user({ userName })))
  }
  return ids
}

test('shows the cycle that runs with its counts and failures, and forgets nothing when the server is killed', async () => {
  const server = await startServer()
  for (const guid of ['5b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c11', '5b1e7a52-0c0d-4a1e-9a77-6f2d0f5a9c12'])
    await server.scim.find('/Users', `userName eq "${guid}"`)
  const ids = await provision(
    server,
    ['ana', 'bob', 'cy', 'di', 'ed', 'fi'].map((name) => `${name}@status.test`),
  )
  await server.scim.create('/Groups', group('Engineering', ids))
  await server.scim.post('/Users', user({ userName: 'admin' }))
  const first = await eventually(
    () => statusOf(server),
    (status) => status.integrations[0]?.cycles[0]?.failures === 1,
    5000,
  )
  expect(first.integrations[0]).toMatchObject({
    slug: server.integration.slug,
    state: 'degraded',
    cycles: [
      {
        kind: 'initial',
        endedAt: null,
        users: { matched: 0, created: 6, updated: 0, disabled: 0, deleted: 0 },
        groups: { created: 1 },
        failures: 1,
      },
    ],
    failing: [{ who: 'admin' }],
  })
  expect(first.integrations[0]?.sentence).toMatch(
    /^Initial cycle from Entra ID, running for (?:\d+|< 1) s: 7 users checked/,
  )

  await server.kill()
  const again = await startServer({ on: server })
  await again.scim.patch(`/Users/${ids[0]}`, [{ op: 'replace', path: 'active', value: false }])
  const second = await eventually(
    () => statusOf(again),
    (status) => status.integrations[0]?.cycles[0]?.users.disabled === 1,
    5000,
  )
  expect(second.integrations[0]?.cycles).toMatchObject([{ kind: 'initial', users: { created: 6, disabled: 1 } }])
  expect(second.integrations[0]?.cycles[0]?.startedAt).toBe(first.integrations[0]?.cycles[0]?.startedAt)
  await again.stop()
  await server.stop()
})

test('goes on as things change', async () => {
  const server = await startServer()
  const followed = followCommand(server.dataDir, 'status', '--watch')
  const next = async () => Status.parse(await followed.next())
  expect((await next()).integrations[0]).toMatchObject({ state: 'waiting', cycles: [] })
  await provision(server, ['ana@watch.test'])
  expect((await next()).integrations[0]?.cycles).toMatchObject([{ users: { created: 1 } }])
  expect(await followed.end('SIGHUP')).toEqual([0, null])
  await server.stop()
})

test('speaks to a person, and takes the number of users to expect', async () => {
  const line = await commandLineWithIntegration()
  expect((await line.run('status')).stdout).toContain('Waiting for the first request from Entra ID.')
  expect(await line.json('status', 'expect', 'entra-id', '1200')).toEqual({ slug: 'entra-id', expectedUsers: 1200 })
  expect(await line.json('status', 'expect', 'entra-id', 'none')).toEqual({ slug: 'entra-id', expectedUsers: null })
  expect(await line.run('status', 'expect', 'nobody', '5')).toMatchObject({ exitCode: 1 })
  expect(await line.run('status', 'expect', 'entra-id', 'many')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('That is a whole number from 1 up, or none.'),
  })
  expect((await commandLine().run('status')).stdout).toContain('No integrations yet')
})
