import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { createClient, type Client } from '../client.ts'
import type { RunningConsole } from './console.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** A client of a new integration that is let in already. */
export async function connectEntra(running: RunningConsole): Promise<Client> {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra'),
  )
  const client = createClient(`${running.scim}/${slug}/v2`, token)
  await expect(async () => expect((await client.get('/Users')).status).toBe(200)).toPass()
  return client
}

/** Puts local people into the directory. */
export async function importPeople(running: RunningConsole, lines: readonly string[]): Promise<void> {
  const file = join(running.dataDir, 'people.csv')
  writeFileSync(file, `userName,displayName,title\n${lines.join('\n')}\n`)
  await running.rollcall('users', 'import', file, '--yes')
}

/** A screen of the console, once it is there. */
export async function visit(page: Page, running: RunningConsole, path: string): Promise<void> {
  await page.goto(running.origin + path)
  await page.getByText('Listening').waitFor()
}
