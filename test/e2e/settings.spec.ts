import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as forward, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { hasOpenssl, makeCertificate } from '../certificate.ts'
import { createClient } from '../client.ts'
import { runJsonCommand } from '../command-line.ts'
import { freePort } from '../free-port.ts'
import { user } from '../people.ts'
import { isAccessible } from './axe.ts'
import { expect, openConsole, startConsole, test } from './console.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** A server in front of the endpoint, or in its place. */
async function listen(answer: RequestListener): Promise<{ readonly url: string; close(): void }> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, close: () => void server.close() }
}

function proxyTo(url: string): RequestListener {
  const { port } = new URL(url)
  return (request, response) => {
    const { method, url: path, headers } = request
    request.pipe(
      forward({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
      }),
    )
  }
}

test('the public URL is tested from the page, and what answers in its place is shown as text', async ({
  page,
  running,
}) => {
  const proxy = await listen(proxyTo(running.scim))
  const stranger = await listen((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<title><script>alert(1)</script> \u202eTunnel offline</title>')
  })
  await openConsole(page, running, '/settings')
  const url = page.getByLabel('The address by which identity providers reach the endpoint')
  await expect(page.getByRole('button', { name: 'Test whether it leads here' })).toBeDisabled()
  await url.fill(proxy.url)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Test whether it leads here' }).click()
  await expect(page.getByText('The public URL leads here')).toBeVisible()
  await expect(page.getByRole('list', { name: 'What was looked at' })).toContainText('It is this Rollcall')
  await isAccessible(page)

  await url.fill(stranger.url)
  await page.getByRole('button', { name: 'Save the URL' }).click()
  await page.getByRole('button', { name: 'Test whether it leads here' }).click()
  await expect(page.getByText('The public URL does not lead here')).toBeVisible()
  await expect(page.getByText('A web page answers (status 200)')).toContainText(
    '“<script>alert(1)</script> Tunnel offline”',
  )
  await isAccessible(page)

  await url.fill('nowhere')
  const save = page.getByRole('button', { name: 'Save the URL' })
  const place = await save.boundingBox()
  await page.keyboard.press('Enter')
  await expect(page.getByText('"nowhere" is no public URL.')).toBeVisible()
  expect(await save.boundingBox()).toEqual(place)
  proxy.close()
  stranger.close()
})

test('a port that is set is taken over by a restart of the endpoint, and one that is taken is not', async ({
  page,
}) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-e2e-port-'))
  const [first, second] = [await freePort(), await freePort()]
  await runJsonCommand(dataDir, ['settings', 'set', 'endpoint-port', String(first)])
  const running = await startConsole({ dataDir, bySettings: true })
  const taken = await listen((_request, response) => void response.end())
  try {
    expect(running.scim).toBe(`http://127.0.0.1:${first}/scim`)
    await openConsole(page, running, '/settings/endpoint')
    const save = page.getByRole('button', { name: 'Save the address' })
    await page.getByLabel('Port').fill('65536')
    await save.click()
    await expect(page.getByLabel('Port')).toHaveAccessibleDescription(/A port is a number from 1 to 65535/)
    await page.getByLabel('Port').fill(String(second))
    await save.click()
    await page.getByRole('button', { name: 'Restart the endpoint' }).click()
    await expect(page.getByText('Saved, and not in force yet')).toBeHidden()
    await expect(page.getByText(`http://127.0.0.1:${second}`, { exact: true })).toBeVisible()
    expect((await fetch(`http://127.0.0.1:${second}/scim/v2/Users`)).status).toBe(401)
    await expect(fetch(`http://127.0.0.1:${first}/scim/v2/Users`)).rejects.toThrow('fetch failed')

    await page.getByLabel('Port').fill(new URL(taken.url).port)
    await save.click()
    await page.getByRole('button', { name: 'Restart the endpoint' }).click()
    await expect(page.getByText('is in use by another program')).toBeVisible()
    expect((await fetch(`http://127.0.0.1:${second}/scim/v2/Users`)).status).toBe(401)
    await isAccessible(page)
  } finally {
    taken.close()
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('a certificate needs both files, and one that has expired is saved with a warning beside it', async ({
  page,
  running,
}) => {
  test.skip(!hasOpenssl, 'it needs openssl')
  const place = mkdtempSync(join(tmpdir(), 'rollcall-certificate-'))
  try {
    const { cert, key } = makeCertificate(place, { days: -2 })
    await openConsole(page, running, '/settings/endpoint')
    await page.getByLabel('Certificate chain').fill(cert)
    await page.getByRole('button', { name: 'Save the certificate' }).click()
    await expect(page.getByText('TLS needs both files: name the certificate chain and the private key.')).toBeVisible()
    await page.getByLabel('Private key').fill(key)
    await page.getByRole('button', { name: 'Save the certificate' }).click()
    await expect(page.getByText(/The certificate expired on [\d-]+\. Renew it\./)).toBeVisible()
    await expect(page.getByRole('button', { name: 'Save the certificate' })).toBeDisabled()
    await isAccessible(page)
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
})

test('both limits are saved each by itself, and what is typed stays when the other or another one is saved', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/settings/endpoint')
  const [rate, size] = [page.getByLabel('Requests a second of each integration'), page.getByLabel('Largest request')]
  await rate.fill('25')
  await size.fill('8')
  await page.getByRole('button', { name: 'Save the size' }).click()
  await expect(page.getByRole('button', { name: 'Save the size' })).toBeDisabled()
  await expect(rate).toHaveValue('25')
  await running.rollcall('settings', 'set', 'rate-limit', '7')
  const crossed = page.getByText('Somebody else has changed this since you began')
  await expect(crossed).toBeVisible()
  await expect(rate).toHaveValue('25')
  const limit = page.getByRole('button', { name: 'Save the limit' })
  await limit.press('Enter')
  // Not while it is being saved, but when nothing is left to be saved.
  await expect(limit).toHaveAttribute('aria-disabled', 'true')
  // The keyboard goes on from there.
  await expect(limit).toBeFocused()
  await expect(crossed).toBeHidden()
  await rate.fill('26')
  await running.rollcall('settings', 'set', 'rate-limit', '8')
  await page.getByRole('button', { name: 'Drop mine, take the present values' }).click()
  await expect(rate).toHaveValue('8')
  // Nobody has typed anything.
  await running.rollcall('settings', 'set', 'rate-limit', '25')
  await expect(rate).toHaveValue('25')
  await page.reload()
  await expect(rate).toHaveValue('25')
  await expect(size).toHaveValue('8')
})

test('an index of an attribute is made, shown as it is made, removed and made again', async ({ page, running }) => {
  await openConsole(page, running, '/settings/endpoint')
  const attribute = page.getByRole('combobox', { name: 'Attribute' })
  await attribute.fill('userName')
  await attribute.press('Enter')
  await expect(page.getByText('There can be no index of "userName".')).toBeVisible()
  await expect(attribute).toBeFocused()
  await attribute.fill('nickName')
  await page.getByRole('button', { name: 'Make an index' }).click()
  const row = page.getByRole('row').filter({ hasText: 'nickName' })
  await expect(row).toContainText('In use')
  await expect(row).toContainText('you asked for it')
  await expect(attribute).toHaveValue('')
  await isAccessible(page)
  await page.getByRole('button', { name: 'Remove: the index of nickName' }).click()
  await expect(attribute).toBeFocused()
  await page.getByRole('button', { name: 'Make it again: the index of nickName' }).click()
  await expect(row).toContainText('In use')
  expect(await running.rollcall('indexes', 'list')).toMatchObject([{ attribute: 'nickName', state: 'ready' }])
})

test('what is typed while a form is being saved stays, to be saved next', async ({ page, running }) => {
  const held: (() => void)[] = []
  let isHeld = false
  await page.routeWebSocket(/\/rpc$/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => {
      if (isHeld) held.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  await openConsole(page, running, '/settings/endpoint')
  const rate = page.getByLabel('Requests a second of each integration')
  const save = page.getByRole('button', { name: 'Save the limit' })
  await rate.fill('25')
  isHeld = true
  await rate.press('Enter')
  await expect(save).toBeDisabled()
  await rate.fill('26')
  isHeld = false
  for (const send of held) send()
  await expect(save).toBeEnabled()
  await expect(rate).toHaveValue('26')
  await expect(page.getByText('Somebody else has changed this')).toBeHidden()
  await save.click()
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await expect(rate).toHaveValue('26')
  expect(await running.rollcall('settings', 'list')).toMatchObject({ 'rate-limit': '26' })

  // One that is refused while somebody types leaves nothing behind: once the next is saved, the form follows what others change.
  isHeld = true
  held.length = 0
  const url = page.getByLabel('The address by which identity providers reach the endpoint')
  const saveUrl = page.getByRole('button', { name: 'Save the URL' })
  await url.fill('ftp://scim.example.com')
  await url.press('Enter')
  await expect(saveUrl).toBeDisabled()
  await url.fill('https://scim.example.com')
  isHeld = false
  for (const send of held) send()
  await expect(url).toHaveAttribute('aria-invalid', 'true')
  await saveUrl.click()
  await expect(saveUrl).toHaveAttribute('aria-disabled', 'true')
  await running.rollcall('settings', 'set', 'public-url', 'https://other.example.com')
  await expect(url).toHaveValue('https://other.example.com')
})

test('all integrations are paused after a question, and resumed', async ({ page, running }) => {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', '<b>Entra</b>', '--idp', 'entra'),
  )
  const entra = createClient(`${running.scim}/${slug}/v2`, token)
  await openConsole(page, running, '/settings/endpoint')
  await page.getByRole('button', { name: 'Pause the integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'Pause the integration?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Pause them' }).click()
  await expect(page.getByText('1 integration of 1 paused')).toBeVisible()
  await expect.poll(async () => (await entra.get('/Users')).status).toBe(503)
  await page.getByRole('button', { name: 'Resume 1 integration' }).click()
  await expect(page.getByText('The integration is open')).toBeVisible()
  await expect.poll(async () => (await entra.get('/Users')).status).toBe(200)
})

test('the log keeps what is set, hides what is named, and forgets what is deleted', async ({ page, running }) => {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', 'Entra', '--idp', 'entra'),
  )
  const entra = createClient(`${running.scim}/${slug}/v2`, token)
  await entra.post('/Users', user({ userName: 'ana@example.com', name: { familyName: 'Moss', givenName: 'Ana' } }))
  await openConsole(page, running, '/settings/log')
  await expect(page.getByText('1 request, the oldest just now')).toBeVisible()
  await page.getByLabel('Days').fill('7')
  await page.getByLabel('Size at most').fill('500')
  await page.getByRole('combobox', { name: 'Unit of the size' }).click()
  await page.getByRole('option', { name: 'MB' }).click()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByText('of 500 MB')).toBeVisible()
  expect(await running.rollcall('settings', 'list')).toMatchObject({ 'journal-days': '7' })

  await page.getByRole('combobox', { name: 'Attributes' }).fill('name.familyName')
  await page.keyboard.press('Enter')
  await expect(page.getByText('One of the newest 1 request')).toBeVisible()
  await expect(page.getByLabel('What would be hidden')).toContainText('"familyName": "[redacted]"')
  await page.getByRole('button', { name: 'Save the list' }).click()
  await expect(page.getByRole('button', { name: 'Save the list' })).toBeDisabled()
  expect(await running.rollcall('settings', 'list')).toMatchObject({ 'journal-redact': 'name.familyName' })

  await page.getByRole('combobox', { name: 'Older than' }).click()
  await page.getByRole('option', { name: 'this moment: everything' }).click()
  await page.getByRole('button', { name: 'Delete 1 request' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the whole request log?' })
  await isAccessible(page)
  await dialog.getByRole('button', { name: 'Delete 1 request' }).click()
  await expect(page.getByText('1 request was deleted.')).toBeVisible()
  await page.goto(`${running.origin}/requests`)
  await expect(page.getByText('No request has come yet')).toBeVisible()
})

test('a backup is written, looked into and restored, and the browser stays signed in', async ({ page, running }) => {
  await openConsole(page, running)
  await running.rollcall('integrations', 'create', '--name', '<img src=x onerror=alert(1)>', '--idp', 'okta')
  await page.goto(`${running.origin}/settings/backups`)
  await expect(page.getByText('No backup has been written yet')).toBeVisible()
  await page.getByText('Every day', { exact: true }).click()
  const keep = page.getByLabel('Keep the newest')
  await keep.press('Control+A')
  await keep.press('Backspace')
  await page.getByRole('button', { name: 'Save the schedule' }).click()
  await expect(keep).toHaveAccessibleDescription('From 1 to 365.')
  await keep.pressSequentially('41')
  await expect(keep).toHaveValue('41')
  await page.getByRole('button', { name: 'Save the schedule' }).click()
  await expect(page.getByText('The next one is due')).toBeVisible()
  await page.getByRole('button', { name: 'Write a backup now' }).click()
  await expect(page.getByText('was written: 1 user, 0 groups, 1 integration')).toBeVisible()

  await page.goto(`${running.origin}/settings/danger`)
  await page.getByRole('button', { name: 'Fill with the sample organisation' }).click()
  await expect(page.getByText('30 people and 5 groups of the sample are in the directory')).toBeVisible()

  await page.goto(`${running.origin}/settings/backups`)
  await page.getByRole('button', { name: 'Look or restore' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'What is in this backup' })
  await expect(dialog).toContainText('30 users go')
  await expect(dialog).toContainText('<img src=x onerror=alert(1)>')
  await isAccessible(page)
  await page.goBack()
  await expect(dialog).toBeHidden()
  await page.goForward()
  await dialog.getByRole('button', { name: 'Replace the data by this backup' }).click()
  await expect(page.getByText('The data was restored from a backup')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page).toHaveURL(`${running.origin}/settings/backups`)
  expect(await running.rollcall('users', 'list')).toHaveLength(1)
  await page.goto(`${running.origin}/settings/access`)
  await expect(page.getByText('This one')).toBeVisible()
  expect((await fetch(`${running.scim}/v2/Users`)).status).toBe(401)
})

test('a second restore is waited for while the first one is still told of', async ({ page, running }) => {
  let isHeld = false
  let release = () => {}
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (!isHeld || !message.toString().includes('/backups/restore')) return server.send(message)
      release = () => server.send(message)
    })
  })
  await openConsole(page, running, '/settings/backups')
  await page.getByRole('button', { name: 'Write a backup now' }).click()
  const restore = async () => {
    await page.getByRole('button', { name: 'Look or restore' }).first().click()
    await page.getByRole('button', { name: 'Replace the data by this backup' }).click()
  }
  await restore()
  await expect(page.getByText('The data was restored from a backup')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('dialog')).toBeHidden()
  isHeld = true
  await restore()
  const waiting = page.getByRole('dialog', { name: 'The data is being restored' })
  await expect(waiting).toBeVisible()
  release()
  await expect(waiting).toBeHidden({ timeout: 30_000 })
})

test('a password lets a second browser in, which is then signed out', async ({ page, browser, running }) => {
  await openConsole(page, running, '/settings/access')
  const set = page.getByRole('button', { name: 'Set the password' })
  await page.getByLabel('Password', { exact: true }).fill('correct horse')
  await page.getByLabel('The same again').fill('correct hors')
  await expect(set).toBeDisabled()
  await page.getByLabel('The same again').fill('correct horse')
  await set.click()
  await expect(page.getByText('The password is set')).toBeVisible()

  const context = await browser.newContext()
  const other = await context.newPage()
  await other.goto(running.origin)
  const password = other.getByLabel('Or the password of the console')
  await password.fill('correct horse')
  await context.setOffline(true)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await expect(other.getByText('Rollcall cannot be reached')).toBeVisible()
  await expect(password, 'nobody has refused it').toHaveValue('correct horse')
  await context.setOffline(false)
  await other.getByRole('button', { name: 'Sign in' }).click()
  await other.getByText('Listening').waitFor()

  await page.reload()
  await expect(page.getByRole('row', { name: /, this one$/ })).toBeVisible()
  await page.getByRole('button', { name: /^Sign out \S.* from 127\.0\.0\.1$/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click()
  await expect(other.getByText('rollcall console url')).toBeVisible({ timeout: 15_000 })
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the password' }).click()
  await expect(page.getByText('No password')).toBeVisible()
  await context.close()
})

test('theme, density and motion are remembered', async ({ page, running }) => {
  await openConsole(page, running, '/settings/appearance')
  await page.getByText('Dark', { exact: true }).click()
  await page.getByText('Comfortable', { exact: true }).click()
  await page.getByText('Reduced', { exact: true }).click()
  await page.goto(`${running.origin}/settings/access`)
  const root = page.locator('html')
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(root).toHaveAttribute('data-density', 'comfortable')
  await expect(root).toHaveAttribute('data-motion', 'reduced')
  const cell = page.locator('tbody td').first()
  expect((await cell.boundingBox())?.height).toBeGreaterThanOrEqual(40)
  const underWay = await root.evaluate((html) => {
    html.dataset['mantineColorScheme'] = 'light'
    return document.getAnimations().length
  })
  expect(underWay, 'colours change at once where motion is reduced').toBe(0)
})

test('the checks are run, and the licences of what is bundled are there', async ({ page, running }) => {
  await openConsole(page, running, '/settings/about')
  await page.getByRole('button', { name: 'Run the checks' }).click()
  await expect(page.getByRole('list', { name: 'What was found' })).toContainText('Whole, format')
  await page.getByRole('button', { name: 'Show the licences' }).click()
  await page.getByRole('button', { name: /^zod/ }).click()
  await expect(page.getByLabel('Licence of zod')).toContainText('MIT License')
  await isAccessible(page)
})

test('what is archived is purged after a question that says whom it is about', async ({ page, running }) => {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', 'Entra', '--idp', 'entra'),
  )
  const entra = createClient(`${running.scim}/${slug}/v2`, token)
  for (const name of ['a', 'b']) {
    const made = await entra.post('/Users', user({ userName: `${name}@example.com` }))
    await entra.send('DELETE', `/Users/${made.textAt('/id')}`, undefined)
  }
  await openConsole(page, running, '/settings/danger')
  await page.getByRole('button', { name: 'Purge what is archived' }).click()
  const dialog = page.getByRole('dialog', { name: 'Purge 2 archived users?' })
  await dialog.getByRole('button', { name: 'Purge them for good' }).click()
  await expect(page.getByText('2 users were purged.')).toBeVisible()
  await expect(page.getByText('Nothing is archived.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Purge what is archived' })).toBeDisabled()
})

test('an unknown part of the settings says so, and each part is reached by keyboard', async ({ page, running }) => {
  await openConsole(page, running, '/settings/nowhere')
  await expect(page.getByText('No screen has this address')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('settings: back')
  await expect(page.getByRole('button', { name: /Settings: Backups/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${running.origin}/settings/backups`)
  await page.getByRole('link', { name: 'Access' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Settings: Console access' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'Settings: Backups' })).toBeVisible()
})
