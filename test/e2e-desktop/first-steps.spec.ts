import { request } from 'node:http'
import { createClient } from '../client.ts'
import { eventually } from '../eventually.ts'
import { user } from '../people.ts'
import { expect, test } from './desktop.ts'

const randomGuid = '7f3c1a52-94f1-4b0e-8a5e-3f1f0a6f7d11'

/** Begins to create a user, and lets the caller end it: a request that is under way. */
function beginToCreate(scimUrl: string, token: string) {
  const body = JSON.stringify(user({ userName: 'bo@example.com' }))
  const under = request(`${scimUrl}/Users`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/scim+json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  })
  const begun = new Promise<void>((resolve, reject) => {
    under.on('continue', () => resolve())
    under.on('error', reject)
  })
  const status = new Promise<number>((resolve, reject) => {
    under.on('response', (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    under.on('error', reject)
  })
  return { begun, status, end: () => under.end(body) }
}

test('from the first start to the end: the window, an integration, the tray, a second start, quitting', async ({
  launch,
}) => {
  const desktop = await launch()
  const { controls } = desktop
  const page = await desktop.page()
  const scim = await desktop.scim()

  await test.step('the window opens on the console, without a sign-in', async () => {
    await expect(page.getByText('Listening')).toBeVisible()
    await page.getByRole('link', { name: 'Connect an identity provider' }).click()
  })

  const token = await test.step('an integration is created, and its token shown once', async () => {
    await page.getByRole('link', { name: /^Entra ID/ }).click()
    await page.getByRole('button', { name: 'Create the integration' }).click()
    const dialog = page.getByRole('dialog', { name: 'New token for Entra ID' })
    const shown = (await dialog.getByLabel('The token').textContent()) ?? ''
    expect(shown).toMatch(/^rc_[\w-]{43}$/)
    await dialog.getByRole('button', { name: 'Copy Token' }).click()
    await expect(dialog.getByRole('button', { name: 'Copy Token' })).toHaveText('Copied')
    await dialog.getByLabel('I have stored it').check()
    await dialog.getByRole('button', { name: 'Done' }).click()
    return shown
  })
  const scimUrl = `${scim}/entra-id/v2`
  const entra = createClient(scimUrl, token)

  await test.step('the first requests turn the wizard green, and people appear', async () => {
    await page.getByRole('link', { name: 'Go on to the portal' }).click()
    await page.getByRole('link', { name: 'Go on to the first request' }).click()
    await expect(page.getByText('Waiting for the first request')).toBeVisible()
    expect((await entra.find('/Users', `userName eq "${randomGuid}"`)).status).toBe(200)
    await expect(page.getByText('Entra ID gets through')).toBeVisible()
    expect((await entra.post('/Users', user({ userName: 'ana@example.com', displayName: 'Ana Moss' }))).status).toBe(
      201,
    )
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await expect(page.getByRole('row', { name: /Ana Moss/ })).toBeVisible()
  })

  await test.step('the tray stops the endpoint and lets it listen again', async () => {
    expect((await controls.tray())?.toolTip).toBe(`Rollcall: Listening on ${new URL(scim).host}`)
    await controls.chooseInTray('Stop listening')
    await expect(page.getByText('Stopped')).toBeVisible()
    await eventually(
      () =>
        entra.get('/Users').then(
          () => 'answered',
          () => 'refused',
        ),
      (outcome) => outcome === 'refused',
      5000,
    )
    const tray = await controls.tray()
    expect(tray?.icon).toMatch(/stopped\.png$/)
    expect(tray?.items.map(({ label }) => label)).toContain('Listen again')
    await controls.chooseInTray('Listen again')
    await expect(page.getByText('Listening')).toBeVisible()
    expect((await controls.tray())?.icon).toMatch(/listening\.png$/)
    expect((await entra.get('/Users')).status).toBe(200)
  })

  await test.step('closing the window leaves the endpoint running, and says so once', async () => {
    await controls.closeWindow()
    expect(await controls.windows()).toEqual([])
    expect((await entra.get('/Users')).status).toBe(200)
    expect(await controls.notifications()).toMatchObject([{ title: 'Rollcall goes on without its window' }])
  })

  await test.step('a second start opens the window of the first', async () => {
    const second = await launch()
    expect(await second.exited).toEqual({ code: 0, signal: null })
    await expect((await desktop.page()).getByRole('heading', { name: 'Overview' })).toBeVisible()
    const third = await launch()
    await third.exited
    await expect.poll(async () => (await controls.windows()).map(({ focused }) => focused)).toEqual([1])
    await controls.closeWindow()
    expect(await controls.notifications()).toHaveLength(1)
  })

  await test.step('quitting answers what is under way, and ends well', async () => {
    const creating = beginToCreate(scimUrl, token)
    await creating.begun
    await controls.chooseInTray('Quit')
    await eventually(
      () =>
        fetch(`${scim}/v2/Users`).then(
          () => 'answered',
          () => 'refused',
        ),
      (outcome) => outcome === 'refused',
      5000,
    )
    creating.end()
    expect(await creating.status).toBe(201)
    expect(await desktop.exited).toEqual({ code: 0, signal: null })
    expect(JSON.stringify(await desktop.rollcall('users', 'list'))).toContain('bo@example.com')
  })
})
