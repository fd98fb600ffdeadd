import { createClient } from '../client.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { expect, openConsole, test } from './console.ts'

const randomGuid = '7f3c1a52-94f1-4b0e-8a5e-3f1f0a6f7d11'

test('from the first start to a rotated token', async ({ page, running }) => {
  await openConsole(page, running)
  await expect(page).toHaveURL(`${running.origin}/`)
  await page.getByRole('link', { name: 'Connect an identity provider' }).click()
  await page.getByRole('link', { name: /^Entra ID/ }).click()
  await page.getByRole('button', { name: 'Create the integration' }).click()

  const dialog = page.getByRole('dialog', { name: 'New token for Entra ID' })
  await expect(dialog).toBeVisible()
  await page.keyboard.press('Escape')
  await page.mouse.click(5, 5)
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Copy Token' }).click()
  await expect(dialog.getByRole('button', { name: 'Copy Token' })).toHaveText('Copied')
  const token = await page.evaluate(() => navigator.clipboard.readText())
  expect(token).toMatch(/^rc_[\w-]{43}$/)
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()

  await page.getByRole('link', { name: 'Go on to the portal' }).click()
  await page.getByRole('group', { name: 'Tenant URL' }).getByRole('button').click()
  const scimUrl = await page.evaluate(() => navigator.clipboard.readText())
  expect(scimUrl).toBe(`${running.scim}/entra-id/v2`)

  await page.getByRole('link', { name: 'Go on to the first request' }).click()
  await expect(page.getByText('Waiting for the first request')).toBeVisible()

  const entra = createClient(scimUrl, token)
  expect((await entra.find('/Users', `userName eq "${randomGuid}"`)).status).toBe(200)
  await expect(page.getByText('Entra ID gets through')).toBeVisible()
  expect(
    (await entra.find('/Groups', `displayName eq "${randomGuid}"`, { excludedAttributes: 'members' })).status,
  ).toBe(200)
  await expect(page.getByText('Received: Users ✓ · Groups ✓')).toBeVisible()

  await page.getByRole('link', { name: 'Go on to people' }).click()
  const ana = user({ userName: 'ana@example.com', displayName: 'Ana Moss' })
  expect((await entra.find('/Users', 'userName eq "ana@example.com"')).status).toBe(200)
  expect((await entra.post('/Users', ana)).status).toBe(201)
  await expect(page.getByRole('row', { name: /Create user ana@example.com/ })).toBeVisible()

  await page.goto(`${running.origin}/integrations/entra-id/tokens`)
  await page.getByRole('button', { name: 'Rotate the token' }).click()
  await page.getByLabel('stops at once').check()
  await page.getByRole('button', { name: 'Issue the new token' }).click()
  const rotated = page.getByRole('dialog', { name: 'New token for Entra ID' })
  const newToken = (await rotated.getByLabel('The token').textContent()) ?? ''
  await rotated.getByLabel('I have stored it').check()
  await rotated.getByRole('button', { name: 'Done' }).click()

  // The server looks for what the console has changed five times a second.
  await eventually(
    () => entra.get('/Users'),
    ({ status }) => status === 401,
  )
  expect((await createClient(scimUrl, newToken).get('/Users')).status).toBe(200)
  await expect(page.getByText('Void')).toBeVisible()
})
