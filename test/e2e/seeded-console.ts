import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { samplePeople } from '../../src/main/administration/records/sample-people.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../../src/scim/urn.ts'
import { createClient } from '../client.ts'
import { runJsonCommand } from '../command-line.ts'
import { eventually } from '../eventually.ts'
import { group } from '../people.ts'
import { startConsole, type RunningConsole } from './console.ts'
import { writePastConversion } from './past-conversion.ts'
import { writePastTraffic } from './past-traffic.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

const dayMs = 86_400_000

/** Makes a token look as old as one that should be replaced soon. */
function age(dataDir: string, slug: string, days: number): void {
  const database = new Database(join(dataDir, 'rollcall.db'))
  database
    .prepare(
      'update tokens set created_at = created_at - ? where integration_id = (select id from integrations where slug = ?)',
    )
    .run(days * dayMs, slug)
  database.close()
}

/** A console as it looks in use: a healthy Entra ID, an Okta whose token was revoked, a second Entra ID that nobody has set up yet. */
export async function startSeededConsole(): Promise<RunningConsole> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-seeded-'))
  const create = async (name: string, idp: string) =>
    Created.parse(
      await runJsonCommand(dataDir, ['integrations', 'create', '--name', name, '--idp', idp, '--vault', 'file']),
    )
  const entra = await create('Entra ID production', 'entra')
  const okta = await create('Okta staging', 'okta')
  await create('Entra ID test', 'entra')
  await runJsonCommand(dataDir, ['attributes', 'add', 'costBucket', '--type', 'string'])
  await runJsonCommand(dataDir, ['attributes', 'add', 'badgeNumber', '--type', 'integer'])
  await runJsonCommand(dataDir, ['settings', 'set', 'public-url', 'https://scim.example.com'])
  const smtp = ['--host', '127.0.0.1', '--port', '9', '--security', 'none', '--from', 'Rollcall <rollcall@example.com>']
  await runJsonCommand(dataDir, ['notify', 'smtp', 'set', ...smtp])
  await runJsonCommand(dataDir, ['notify', 'recipients', 'add', 'ops@example.com'])
  const hook = [
    '--name',
    'on call',
    '--url',
    'https://hooks.example.invalid/rollcall',
    '--rules',
    'bad-token,quarantine',
  ]
  await runJsonCommand(dataDir, ['notify', 'webhooks', 'add', ...hook, '--vault', 'file'])
  age(dataDir, entra.slug, 83)
  writePastTraffic(dataDir, Date.now())
  await writePastConversion(dataDir)
  const running = await startConsole({ dataDir })
  await provision(`${running.scim}/${entra.slug}/v2`, entra.token)
  await running.rollcall('tokens', 'rotate', okta.slug)
  const refused = createClient(`${running.scim}/${okta.slug}/v2`, okta.token)
  await eventually(
    () => refused.get('/Users?count=1'),
    ({ status }) => status === 401,
  )
  for (const { given } of samplePeople.slice(0, 6))
    await refused.get(`/Users?filter=userName+eq+%22${encodeURIComponent(given)}%40example.com%22`, {
      'user-agent': 'Okta SCIM Client 1.0.0',
    })
  return {
    ...running,
    async stop() {
      await running.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What an Entra cycle does: look for each person, create who is missing, then groups; one person clashes. */
async function provision(base: string, token: string): Promise<void> {
  const entra = createClient(base, token)
  const headers = { adscimversion: '2.0' }
  const ids: string[] = []
  for (const [n, { given, family, title, department }] of samplePeople.entries()) {
    const userName = `${given}.${family}@example.com`
      .normalize('NFKD')
      .toLowerCase()
      .replaceAll(/[^\w.@-]/g, '')
    await entra.get(`/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`, headers)
    const made = await entra.post(
      '/Users',
      {
        schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
        externalId: `${given}${n}`,
        userName,
        displayName: `${given} ${family}`,
        name: { givenName: given, familyName: family },
        title,
        active: true,
        emails: [{ type: 'work', value: userName, primary: true }],
        [enterpriseUserSchemaUrn]: { department, employeeNumber: String(1000 + n) },
      },
      headers,
    )
    ids.push(made.textAt('/id'))
  }
  for (const [n, name] of ['Engineering', 'Sales', 'Finance'].entries())
    await entra.post('/Groups', group(name, ids.slice(n * 8, n * 8 + 9)), headers)
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:PatchOp']
  await entra.send(
    'PATCH',
    `/Users/${ids[3]}`,
    { schemas, Operations: [{ op: 'Replace', path: 'active', value: 'False' }] },
    headers,
  )
  await entra.post('/Users', { schemas: [userSchemaUrn], userName: 'ana.moss@example.com' }, headers)
  await entra.send(
    'PATCH',
    `/Users/${ids[1]}`,
    { schemas, Operations: [{ op: 'Add', path: 'title', value: 'Principal engineer' }] },
    headers,
  )
}
