import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { openFaultyServer, type FaultOf, type FaultyServer } from '../../src/main/diagnosis/faulty-server.fixture.ts'
import { createClient, type Client } from '../client.ts'
import { eventually } from '../eventually.ts'
import { problemsIn } from './axe.ts'
import { expect, openConsole, test as base, type RunningConsole } from './console.ts'
import { untilDrawn } from './seeded-test.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

interface Tested {
  /** The SCIM URL of an integration of the running server. */
  readonly url: string
  readonly token: string
  readonly scim: Client
  /** An endpoint that has faults, in front of it. */
  faulty(faultOf: FaultOf): Promise<string>
}

/** A server with an integration to be tested, and its console at the screen. */
const test = base.extend<{ readonly tested: Tested }>({
  tested: async ({ page, running }, use) => {
    const made = Created.parse(await running.rollcall('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra'))
    const url = `${running.scim}/${made.slug}/v2`
    const scim = createClient(url, made.token)
    await eventually(
      () => scim.get('/ServiceProviderConfig'),
      ({ status }) => status === 200,
      10_000,
    )
    const servers: FaultyServer[] = []
    await openDiagnosis(page, running)
    await use({
      url,
      token: made.token,
      scim,
      async faulty(faultOf) {
        const server = await openFaultyServer(url, faultOf)
        servers.push(server)
        return server.url
      },
    })
    for (const server of servers) server.close()
  },
})

async function openDiagnosis(page: Page, running: RunningConsole): Promise<void> {
  await openConsole(page, running, '/diagnosis')
  await expect(page.getByText('Nothing has been tested yet')).toBeVisible()
}

async function fill(page: Page, url: string, token: string): Promise<void> {
  await page.getByLabel('SCIM URL').fill(url)
  await page.getByLabel('Token').fill(token)
}

async function howMany(scim: Client): Promise<unknown> {
  return (await scim.get('/Users?count=0')).at('/totalResults')
}

/** Holds every change of an attribute back until it is opened. */
function createGate() {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  const hold: FaultOf = ({ method }) => (method === 'PATCH' ? promise : undefined)
  return { hold, open: () => resolve(undefined) }
}

test('the running server passes a check that is begun by the keyboard, and its report holds the verdict', async ({
  page,
  tested,
}) => {
  await page.getByRole('link', { name: 'Overview' }).click()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('compliance')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/diagnosis$/)
  await page.getByRole('button', { name: 'Use this Rollcall’s own' }).press('Enter')
  await expect(page.getByLabel('SCIM URL')).toHaveValue(tested.url)
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Token')).toBeFocused()
  await page.keyboard.insertText(tested.token)
  await page.keyboard.press('Enter')
  const verdict = 'The endpoint does what it must, and what it should.'
  await expect(page.getByRole('status').filter({ hasText: verdict })).toBeVisible()
  await expect(page.getByText('111 passed, 0 failed, 0 warnings, 0 left out')).toBeVisible()
  await page.getByLabel('Only what is not passed').check()
  await expect(page).toHaveURL(/only=unmet/)
  await expect(page.getByText('Everything has passed')).toBeVisible()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the report' }).click()
  const report = readFileSync(await (await download).path(), 'utf8')
  expect((await download).suggestedFilename()).toMatch(/^scim-check-127\.0\.0\.1-[\d-]+\.html$/)
  expect(report).toContain(verdict)
  expect(report).not.toContain(tested.token)
  expect(await howMany(tested.scim)).toBe(0)
})

test('a played identity provider says what it would stumble over, with text of the wire as text, on both themes and a phone', async ({
  page,
  tested,
}) => {
  const hostile = `<img src=x onerror="document.title='hit'"> ${'long'.repeat(60)}`
  const url = await tested.faulty(({ method, text, path }) => {
    if (method === 'PATCH' && text.includes('"active"'))
      return { status: 400, text: JSON.stringify({ detail: hostile }) }
    return method === 'DELETE' && path.startsWith('/Groups') ? { status: 204 } : undefined
  })
  await fill(page, url, tested.token)
  await page.getByLabel('Play Entra ID').check()
  await page.getByLabel('People').fill('0')
  await page.getByRole('button', { name: 'Play Entra ID' }).click()
  await expect(page.getByText('A whole number from 1 to 10,000.')).toBeVisible()
  await page.getByLabel('People').fill('4')
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByLabel('Seed').fill('42')
  await page.getByRole('button', { name: 'Play Entra ID' }).click()
  await expect(page.getByText(/^Entra ID would stumble over \d+ problems in \d+ requests\.$/)).toBeVisible()
  await expect(page.getByText('2 resources could not be removed')).toBeVisible()
  await expect(page.getByText('sim-42-1', { exact: false }).first()).toBeVisible()
  const problem = page.getByRole('list', { name: 'Problems' }).getByRole('listitem').filter({ hasText: 'disable user' })
  await expect(problem).toContainText('<img src=x')
  await expect(problem).toContainText('escrow')
  await expect(problem.getByLabel('Sent: disable user', { exact: true })).toContainText('PATCH http')
  await expect(page.getByRole('row', { name: /^create user 4 0 / })).toBeVisible()
  await page.getByLabel('Check against the RFCs').check()
  await page.getByRole('button', { name: 'Check the endpoint' }).click()
  await expect(page.getByText(/^The endpoint fails \d+ checks that it must pass\.$/)).toBeVisible()
  await expect(page.getByLabel(/^Answer: /).first()).toBeVisible()
  const results = page.getByRole('navigation', { name: 'Results' })
  for (const name of ['Check', 'Entra ID']) {
    await results.getByRole('link', { name }).click()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      await untilDrawn(page)
      await test.step(`${name}, ${colorScheme}`, async () => expect(await problemsIn(page)).toEqual([]))
    }
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.setViewportSize({ width: 1280, height: 800 })
  }
  await expect(page).toHaveTitle('Diagnosis · Rollcall')
})

test('a test goes on while the page is reloaded and left, another tab sees it, and what is cancelled is cleaned up', async ({
  page,
  context,
  running,
  tested,
}) => {
  const gate = createGate()
  await fill(page, await tested.faulty(gate.hold), tested.token)
  await page.getByRole('button', { name: 'Check the endpoint' }).click()
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.reload()
  const doing = page.getByRole('region', { name: 'Checking' })
  await expect(doing.getByText(/^\d+ of 111 · [\d,]+ requests · 0 failures so far$/)).toBeVisible()
  expect(await problemsIn(page)).toEqual([])
  const other = await context.newPage()
  await other.goto(`${running.origin}/diagnosis`)
  await expect(other.getByRole('button', { name: 'Check the endpoint' })).toBeDisabled()
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('link', { name: 'Diagnosis' }).click()
  expect(await howMany(tested.scim)).not.toBe(0)
  await doing.getByRole('button', { name: 'Cancel' }).click()
  await expect(other.getByRole('button', { name: 'Cancelling' })).toBeDisabled()
  await expect(doing.getByRole('status')).toContainText('is removed first; then another test can begin')
  gate.open()
  for (const each of [page, other]) await expect(each.getByText('Interrupted before the end.')).toBeVisible()
  expect(await howMany(tested.scim)).toBe(0)
  await page.getByRole('button', { name: 'Run again' }).click()
  await expect(page.getByLabel('Token')).toBeFocused()
  await expect(page.getByLabel('SCIM URL')).toHaveValue(/^http:\/\/127/)
  await page.keyboard.insertText(tested.token)
  await page.keyboard.press('Enter')
  await expect(page.getByText('The endpoint does what it must, and what it should.')).toBeVisible()
})

test('what cannot be tested is said beside the form, and the token is nowhere in the page', async ({
  page,
  running,
  tested,
}) => {
  const frames: string[] = []
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => frames.push(String(payload))))
  await page.reload()
  const wrong = 'rc_wrong-and-not-to-be-repeated'
  await fill(page, 'scim.example.com', wrong)
  await page.getByRole('button', { name: 'Check the endpoint' }).click()
  await expect(page.getByLabel('SCIM URL')).toHaveAccessibleDescription(/A SCIM URL looks like/)
  await page.getByLabel('SCIM URL').fill(tested.url)
  await page.getByRole('button', { name: 'Check the endpoint' }).click()
  const form = page.getByRole('region', { name: 'Test an endpoint' })
  await expect(form.getByRole('status').filter({ hasText: /It refuses the token/ })).toBeVisible()
  await expect(page.getByText('Nothing has been tested yet')).toBeVisible()
  await page.getByLabel('Play Okta').check()
  await page.getByRole('button', { name: 'Play Okta' }).click()
  await expect(form.getByText('Okta would not begin')).toBeVisible()
  const held = await page.evaluate(() =>
    [
      document.documentElement.outerHTML,
      location.href,
      JSON.stringify(Object.entries(localStorage)),
      JSON.stringify(Object.entries(sessionStorage)),
    ].join('\n'),
  )
  expect(held).not.toContain(wrong)
  expect(frames.join('\n')).toContain('refuses the token')
  expect(frames.join('\n')).not.toContain(wrong)
  expect(running.log()).not.toContain(wrong)
})

test('a test that the end of the server ends is not made out to go on', async ({ page, running, tested }) => {
  const gate = createGate()
  await fill(page, await tested.faulty(gate.hold), tested.token)
  await page.getByLabel('Play Entra ID').check()
  await page.getByRole('button', { name: 'Play Entra ID' }).click()
  await expect(page.getByRole('region', { name: 'Playing Entra ID' }).getByText('initial cycle: groups')).toBeVisible()
  const restarted = running.restart()
  await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
  gate.open()
  await restarted
  await expect(page.getByText('The server was restarted, and that ended the test')).toBeVisible()
  await expect(page.getByText(/^sim-\d+$/)).toBeVisible()
  // It had the time to clean up.
  expect(await howMany(tested.scim)).toBe(0)
  await expect(page.getByLabel('SCIM URL')).toHaveValue(/^http:\/\/127/)
})
