import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { expect, test } from './desktop.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

test('requests are saved where the person says, in a file of their own alone, or not at all', async ({
  launch,
  dataDir,
}) => {
  const desktop = await launch()
  const page = await desktop.page()
  const scim = await desktop.scim()
  const made = Created.parse(await desktop.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta'))
  const okta = createClient(`${scim}/${made.slug}/v2`, made.token)
  await eventually(
    () => okta.get('/ServiceProviderConfig'),
    ({ status }) => status === 200,
    10_000,
  )
  await okta.create('/Users', user({ userName: 'ana@example.com' }))
  await page.getByRole('link', { name: 'Requests', exact: true }).click()
  await expect(page.getByRole('row', { name: /Create user ana@example.com/ })).toBeVisible()

  async function chooseFormat(): Promise<void> {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: /NDJSON/ }).click()
    await expect.poll(() => desktop.controls.saves()).toEqual([expect.stringMatching(/^rollcall-requests-.*\.ndjson$/)])
  }
  await chooseFormat()
  await desktop.controls.chooseFile()
  await expect(page.getByText('Making the file…')).toBeHidden()

  const file = join(dataDir, 'saved.ndjson')
  await chooseFormat()
  await desktop.controls.chooseFile(file)
  await expect(page.getByText(`Saved to ${file}, readable for you alone.`)).toBeVisible()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readFileSync(file, 'utf8')).toContain('ana@example.com')
  expect(readFileSync(file, 'utf8')).not.toContain(made.token)
})
