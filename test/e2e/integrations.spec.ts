import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { group, user } from '../people.ts'
import { expect, openConsole, test, type RunningConsole } from './console.ts'

const Created = z.object({ slug: z.string(), scimUrl: z.string(), token: z.string() })

async function entraOf(running: RunningConsole) {
  const made = Created.parse(await running.rollcall('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra'))
  return createClient(made.scimUrl, made.token)
}

test('an integration is renamed, what is wrong with a name stands beside the field', async ({ page, running }) => {
  await entraOf(running)
  await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  await openConsole(page, running, '/integrations/entra-id')
  await page.getByRole('button', { name: 'More about Entra ID' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename Entra ID' })
  const field = dialog.getByLabel('Name')
  await expect(field).toBeFocused()
  await expect(field).toHaveAccessibleDescription(/The slug stays entra-id, .*\/scim\/entra-id\/v2/)
  for (const [name, problem] of [
    ['', /Give the integration a name/],
    ['x'.repeat(201), /at most 200 characters/],
    ['okta', /has that name already/],
  ] as const) {
    await field.fill(name)
    await page.keyboard.press('Enter')
    await expect(field).toHaveAccessibleDescription(problem)
    await expect(field).toHaveAttribute('aria-invalid', 'true')
  }
  await field.fill('Entra production')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Entra production', level: 1 })).toBeVisible()
  await expect(page).toHaveURL(`${running.origin}/integrations/entra-id`)
})

test('trouble with the vault is told beside the name of a new integration and not as a fault of it', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/integrations/new/okta')
  const vault = join(running.dataDir, 'vault')
  rmSync(vault, { recursive: true, force: true })
  writeFileSync(vault, '')
  const field = page.getByRole('textbox', { name: 'Name of the integration' })
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('The integration was not created.')
  await expect(field).not.toHaveAttribute('aria-invalid', 'true')
})

test('a name that is one long word breaks in the title of a dialog and in the note before an edit', async ({
  page,
  running,
}) => {
  const name = 'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(4)
  const made = Created.parse(await running.rollcall('integrations', 'create', '--name', name, '--idp', 'entra'))
  const id = await createClient(made.scimUrl, made.token).create('/Users', user({ displayName: name }))
  const isWhole = (box: Element) => box.scrollWidth <= box.clientWidth
  await openConsole(page, running)
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 800 })
    await page.goto(`${running.origin}/integrations/${made.slug}/tokens?rotate`)
    expect(await page.getByRole('heading', { name: `Rotate the token of ${name}` }).evaluate(isWhole)).toBe(true)
    await page.goto(`${running.origin}/integrations/${made.slug}/tokens`)
    await page.getByRole('button', { name: 'Revoke' }).click()
    const dialog = page.getByRole('dialog', { name: `Revoke the token ${name}` })
    await expect(dialog).toBeVisible()
    expect(
      await dialog.evaluate((box) =>
        [...box.querySelectorAll('div')].every((each) => each.scrollWidth <= each.clientWidth),
      ),
    ).toBe(true)
    await page.goto(`${running.origin}/users/${id}/edit`)
    expect(await page.getByRole('region', { name: 'Before you edit' }).evaluate(isWhole)).toBe(true)
  }
})

test('the address is no step that is done while the identity provider in the cloud has none to come to', async ({
  page,
  running,
}) => {
  await entraOf(running)
  await openConsole(page, running, '/integrations/entra-id/setup/address')
  const rail = page.getByRole('list', { name: 'Steps' })
  await expect(rail.getByText('Token')).toBeVisible()
  await expect(rail.getByRole('listitem').filter({ hasText: 'Identity provider' })).toContainText('done')
  await expect(page.getByLabel('Public address of the SCIM endpoint')).toBeVisible()
  await expect(rail.getByRole('listitem').filter({ hasText: 'Address' })).not.toContainText('done')
  await page.getByLabel('Public address of the SCIM endpoint').fill('https://scim.example.com/scim')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(page.getByText('Give https://scim.example.com instead.')).toBeVisible()
  await page.getByLabel('Public address of the SCIM endpoint').fill('https://scim.example.com')
  await page.getByRole('button', { name: 'Save the address' }).click()
  await expect(rail.getByRole('listitem').filter({ hasText: 'Address' })).toContainText('done')
})

test('an address that was typed is saved with the integration, and while there is none the steps warn', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/integrations/new/entra')
  const address = page.getByLabel('Public address of the SCIM endpoint')
  await address.fill('https://scim.example.com/scim')
  await page.getByRole('button', { name: 'Create the integration' }).click()
  await expect(address).toHaveAccessibleDescription(/Give https:\/\/scim\.example\.com instead/)
  expect(await running.rollcall('integrations', 'list')).toEqual([])
  await address.fill('https://scim.example.com')
  await page.getByRole('button', { name: 'Create the integration' }).click()
  await page.getByRole('checkbox', { name: 'I have stored it' }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.goto(`${running.origin}/integrations/entra-id/setup/portal`)
  await expect(page.getByText('https://scim.example.com/scim/entra-id/v2').first()).toBeVisible()
  const warning = page.getByText('Entra ID cannot reach http://127.0.0.1')
  await expect(warning).toBeHidden()
  await page.goto(`${running.origin}/integrations/entra-id/setup/address`)
  await address.fill('')
  await page.getByRole('link', { name: 'Go on to the token' }).click()
  await page.goto(`${running.origin}/integrations/entra-id/setup/portal`)
  await expect(warning).toBeVisible()
  await page.goto(`${running.origin}/integrations/entra-id/setup/first-request`)
  await expect(warning).toBeVisible()
  await page.getByRole('link', { name: 'Give the public address' }).click()
  await expect(address).toBeVisible()
})

test('whoever waits for the first request is told of somebody who came, and of what kept it from being one', async ({
  page,
  running,
}) => {
  await entraOf(running)
  await openConsole(page, running, '/integrations/entra-id/setup/first-request')
  await expect(page.getByText('Waiting for the first request')).toBeVisible()
  await fetch(running.scim.replace('http:', 'https:')).catch(() => undefined)
  await expect(page.getByText(/Somebody came from 127\.0\.0\.1 .*, and no request could be read/)).toBeVisible()
  await page.getByRole('link', { name: 'TLS on a port without it (no request)' }).click()
  await expect(page.getByText('The client spoke TLS to a port that speaks plain HTTP.')).toBeVisible()
})

test('what keeps an identity provider out is told, though it has got through before', async ({ page, running }) => {
  const entra = await entraOf(running)
  expect((await entra.get('/Users')).status).toBe(200)
  await openConsole(page, running, '/integrations/entra-id/setup/first-request')
  await expect(page.getByText('Entra ID gets through')).toBeVisible()
  await running.rollcall('integrations', 'pause', 'entra-id')
  await expect(page.getByText('This integration is paused: whatever comes is asked to come back later.')).toBeVisible()
  await expect(page.getByText('Entra ID gets through')).toBeHidden()
  await running.rollcall('integrations', 'resume', 'entra-id')
  await expect(page.getByText('Entra ID gets through')).toBeVisible()
})

test('the last request of an integration and the last use of its token are told apart', async ({ page, running }) => {
  const entra = await entraOf(running)
  expect((await entra.get('/Users')).status).toBe(200)
  await running.rollcall('tokens', 'rotate', 'entra-id')
  await openConsole(page, running, '/integrations/entra-id')
  const about = page.getByRole('region', { name: 'About' })
  await expect(about).toContainText(/Last request\s*(just now|\d+ s ago)/)
  await expect(about).not.toContainText('Last used')
  await expect(page).toHaveTitle('Status · Entra ID · Rollcall')
  await page.getByRole('button', { name: 'More about Entra ID' }).click()
  await page.getByRole('menuitem', { name: 'Delete this integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Entra ID?' })
  await expect(dialog).toContainText(/Its token rc_\S+, never used, is refused at once/)
})

test('an integration is deleted by keyboard, after a look at what stays and with its slug typed', async ({
  page,
  running,
}) => {
  const entra = await entraOf(running)
  const ana = await entra.create('/Users', user({ userName: 'ana@example.com', displayName: 'Ana Moss' }))
  await entra.create('/Users', user())
  await entra.create('/Groups', group('Team', [ana]))
  await openConsole(page, running, '/integrations/entra-id')
  const menu = page.getByRole('button', { name: 'More about Entra ID' })
  const dialog = page.getByRole('dialog', { name: 'Delete Entra ID?' })
  const ask = async () => {
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Delete this integration' }).focus()
    await page.keyboard.press('Enter')
    await dialog.waitFor()
  }
  await menu.focus()
  await ask()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(menu).toBeFocused()
  await ask()
  await expect(dialog.getByText('2 users and 1 group stay in the directory and become local')).toBeVisible()
  await expect(dialog.getByText(/last used .* is refused at once/)).toBeVisible()
  const remove = dialog.getByRole('button', { name: 'Delete the integration' })
  const field = dialog.getByLabel('Type entra-id to confirm')
  await field.focus()
  await page.keyboard.type('entra')
  await expect(remove).toBeDisabled()
  await page.keyboard.press('Enter')
  await expect(dialog).toBeVisible()
  expect((await entra.get('/Users')).status).toBe(200)
  await page.keyboard.type('-id')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${running.origin}/integrations`)
  await expect(page.getByText('Entra ID was deleted')).toBeVisible()
  await expect(page.getByText('2 users and 1 group stayed in the directory and became local.')).toBeVisible()
  await expect(page.getByText('Nothing is connected yet')).toBeVisible()
  await expect.poll(async () => (await entra.get('/Users')).status, { timeout: 1_000 }).toBe(401)
  await page.goto(`${running.origin}/users/${ana}`)
  await expect(page.getByRole('heading', { name: 'Ana Moss' })).toBeVisible()
  await page.getByRole('link', { name: 'Edit' }).click()
  await expect(page.getByLabel('Display name')).toBeEditable()
  await page.goto(`${running.origin}/integrations/entra-id`)
  await expect(page.getByText('There is no integration “entra-id”')).toBeVisible()
})

test('while an old token still works, its revocation and the next rotation say what becomes of it', async ({
  page,
  running,
}) => {
  await entraOf(running)
  const Rotated = z.object({ prefix: z.string() })
  const rotate = async () =>
    Rotated.parse(await running.rollcall('tokens', 'rotate', 'entra-id', '--overlap', '24h')).prefix
  await openConsole(page, running, '/integrations/entra-id/tokens')
  await page.getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog', { name: 'Revoke the token Entra ID has not used yet?' }).press('Escape')
  const active = await rotate()
  const row = page.getByRole('row', { name: /retiring/ })
  await expect(row).toBeVisible()
  const retiring = ((await row.locator('code').textContent()) ?? '').replace('…', '')
  await page.getByRole('button', { name: 'Rotate the token' }).click()
  const rotation = page.getByRole('dialog', { name: 'Rotate the token of Entra ID' })
  await expect(rotation.getByText(`So does the one that is retiring already (${retiring}…`)).toBeVisible()
  await expect(rotation.getByText(`The one that is retiring (${retiring}…`)).toBeVisible()
  await rotation.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Revoke' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke both tokens of Entra ID?' })
  await expect(dialog).toContainText(`The active one (${active}…`)
  await expect(dialog).toContainText(`what still works beside it: ${retiring}…`)
  await dialog.getByRole('button', { name: 'Revoke both tokens' }).click()
  await expect(page.getByRole('row', { name: /void/ })).toHaveCount(2)
})

test('a double-click issues one new token', async ({ page, running }) => {
  await entraOf(running)
  await openConsole(page, running, '/integrations/entra-id/tokens?rotate')
  await page.getByRole('button', { name: 'Issue the new token' }).dblclick()
  const issued = page.getByRole('dialog', { name: 'New token for Entra ID' })
  await issued.getByLabel('I have stored it').check()
  await issued.getByRole('button', { name: 'Done' }).click()
  await expect(issued).toBeHidden()
  await page.reload()
  await expect(page.getByRole('table', { name: /Tokens/ }).locator('tbody tr')).toHaveCount(2)
})

test('a token issued by keyboard keeps the focus in its dialog, and gives it back when it is put away', async ({
  page,
  running,
}) => {
  await entraOf(running)
  await openConsole(page, running, '/integrations/entra-id/tokens')
  const rotate = page.getByRole('button', { name: 'Rotate the token', includeHidden: true })
  await rotate.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Issue the new token' }).focus()
  await page.keyboard.press('Enter')
  const issued = page.getByRole('dialog', { name: 'New token for Entra ID' })
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await expect(issued.getByRole('button', { name: 'Copy Token' })).toBeFocused()
  await rotate.evaluate((button) => button.focus())
  await expect(issued.getByRole('button', { name: 'Copy Token' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(issued.getByRole('status')).toHaveText('Token copied')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(rotate).toBeFocused()
})
