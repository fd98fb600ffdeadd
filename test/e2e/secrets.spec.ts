import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { expect, openConsole, test } from './console.ts'

/** Everything that the page holds where somebody else could read it: markup, fields, storages, address, cookies that scripts see. */
async function heldByPage(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea')].map((each) => Reflect.get(each, 'value'))
    const databases = await indexedDB.databases()
    return JSON.stringify([
      document.documentElement.outerHTML,
      fields,
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      location.href,
      document.cookie,
      history.state,
      databases,
    ])
  })
}

/** Every byte of every file below a folder. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n')
}

test('a token is in the one dialog and nowhere else, before, during and after', async ({ page, running }) => {
  const frames: string[] = []
  const said: string[] = []
  page.on('console', (message) => said.push(message.text()))
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => frames.push(String(payload)))
    socket.on('framesent', ({ payload }) => frames.push(String(payload)))
  })
  await openConsole(page, running, '/integrations/new/okta')
  await page.getByRole('button', { name: 'Create the integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'New token for Okta' })
  const token = (await dialog.getByLabel('The token').textContent()) ?? ''
  const secret = token.slice('rc_'.length + 8)
  expect(secret).toHaveLength(35)

  const outside = await page.evaluate(() => {
    const copy = document.documentElement.cloneNode(true)
    if (copy instanceof Element) for (const each of copy.querySelectorAll('[role=dialog]')) each.remove()
    return copy instanceof Element ? copy.outerHTML : ''
  })
  expect(outside).not.toContain(secret)

  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  expect(await heldByPage(page)).not.toContain(secret)

  // The token is used, also where it does not belong, so that the log has had its chance.
  const okta = createClient(`${running.scim}/okta/v2`, token)
  expect((await okta.get('/Users')).status).toBe(200)
  await okta.get(`/Users?filter=userName+eq+%22${token}%22`)
  await okta.post('/Users', { schemas: [], userName: 'x', password: token, note: token })
  for (const path of ['/', '/requests', '/integrations/okta/tokens', '/integrations/okta/setup/portal', '/settings']) {
    await page.goto(running.origin + path)
    await page.waitForLoadState('networkidle')
    expect(await heldByPage(page)).not.toContain(secret)
  }
  await page.goto(`${running.origin}/requests`)
  await page.getByRole('row', { name: /Create user/ }).click()
  await page.getByRole('tab', { name: 'Request', exact: true }).click()
  expect(await heldByPage(page)).not.toContain(secret)

  expect(frames.filter((frame) => frame.includes(secret))).toHaveLength(1)
  expect(said.join('\n')).not.toContain(secret)
  expect(running.log()).not.toContain(secret)
  await running.rollcall('backup', join(running.dataDir, 'backup.db'))
  expect(everythingIn(running.dataDir)).not.toContain(secret)
})

test('the key leaves the address at once, and opens nothing a second time', async ({ page, running, browser }) => {
  await openConsole(page, running)
  expect(page.url()).toBe(`${running.origin}/`)
  const other = await browser.newContext()
  const stranger = await other.newPage()
  await stranger.goto(running.link)
  await expect(stranger.getByText('This link was used already')).toBeVisible()
  await expect(stranger.getByText('rollcall console url', { exact: true })).toBeVisible()
  expect(await other.cookies()).toEqual([])
  await other.close()
})

test('the cookie alone, which servers on other ports of the host are sent, opens nothing', async ({
  page,
  running,
  browser,
}) => {
  await openConsole(page, running)
  const other = await browser.newContext()
  await other.addCookies(await page.context().cookies())
  const stranger = await other.newPage()
  await stranger.goto(running.origin)
  await expect(stranger.getByText('rollcall console url', { exact: true })).toBeVisible()
  await other.close()
})

test('the page runs under its policy without breaking it', async ({ page, running }) => {
  const broken: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Refused to/i.test(message.text())) broken.push(message.text())
  })
  page.on('pageerror', (error) => broken.push(error.message))
  await openConsole(page, running)
  await page.getByRole('button', { name: 'Search' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Fill with a sample organisation' }).click()
  await expect(page.getByText('The directory holds the sample organisation')).toBeVisible()
  await page.goto(`${running.origin}/users`)
  await page.getByRole('row', { name: /Ana Moss/ }).click()
  await expect(page.getByText('userType')).toBeVisible()
  expect(broken).toEqual([])
  const isHarmless = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
    return document.title !== 'run'
  })
  expect(isHarmless).toBe(true)
})

test('what a stranger sends is drawn as text', async ({ page, running }) => {
  await openConsole(page, running)
  const created = await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  const { token } = z.object({ token: z.string() }).parse(created)
  const okta = createClient(`${running.scim}/okta/v2`, token)
  const hostile = '<img src=x onerror="document.title=1"><script>document.title=1</script>'
  await expect(async () => expect((await okta.get('/Users')).status).toBe(200)).toPass()
  await okta.create('/Users', { userName: hostile, displayName: hostile })
  await page.goto(`${running.origin}/users`)
  await expect(page.getByRole('cell', { name: hostile }).first()).toBeVisible()
  await page.getByRole('cell', { name: hostile, exact: true }).first().click()
  await expect(page.getByRole('complementary').getByText('displayName')).toBeVisible()
  await page.goto(`${running.origin}/requests`)
  await expect(page.getByText(`Create user ${hostile}`)).toBeVisible()
  expect(await page.title()).toBe('Requests · Rollcall')
})
