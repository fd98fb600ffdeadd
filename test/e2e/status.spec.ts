import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { createClient, type Client } from '../client.ts'
import { runJsonCommand } from '../command-line.ts'
import { user } from '../people.ts'
import { isAccessible } from './axe.ts'
import { expect, openConsole, startConsole, test, type RunningConsole } from './console.ts'
import { writePastTraffic } from './past-traffic.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

async function connectEntra(running: RunningConsole, name = 'Entra'): Promise<Client & { readonly slug: string }> {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', name, '--idp', 'entra'),
  )
  return { ...createClient(`${running.scim}/${slug}/v2`, token), slug }
}

/** Entra ID begins whatever it does by looking for nobody. */
async function announce(entra: Client): Promise<void> {
  for (let n = 0; n < 2; n += 1) await entra.find('/Users', `userName eq "${crypto.randomUUID()}"`)
}

test('a cycle appears while it comes, with its progress, and leads to exactly its requests', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/status')
  await expect(page.getByText('No identity provider is connected yet')).toBeVisible()
  const entra = await connectEntra(running)
  const line = page.getByRole('list', { name: 'Integrations' }).getByRole('listitem')
  await expect(line).toContainText('Waiting for the first request from Entra ID.')

  await announce(entra)
  for (const name of ['ana', 'bo']) await entra.create('/Users', user({ userName: `${name}@example.com` }))
  await expect(line).toContainText('Initial cycle from Entra ID, running for')
  await expect(line).toContainText('2 users checked, 2 created')
  await expect(line.getByText('Healthy')).toBeVisible()

  await line.getByRole('link', { name: 'Entra', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Entra' })).toBeVisible()
  await page.getByLabel('Users you expect').fill('40')
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Save the number' }).click()
  await expect(page.getByText('2 of 40 users (expected by you)')).toBeVisible()
  await expect(page.getByText('Inferred from requests. Its own account: Provisioning logs')).toBeVisible()
  await entra.create('/Users', user({ userName: 'cy@example.com' }))
  await expect(page.getByText('3 of 40 users (expected by you)')).toBeVisible()
  await isAccessible(page)

  const cycle = page.getByRole('figure', { name: 'Cycles over time' }).getByRole('link')
  await expect(cycle).toHaveAccessibleName(/^Initial cycle at .*, running for/)
  await cycle.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Initial cycle')
  await expect(page.getByText('Running', { exact: true })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Users 3 0 3 0/ })).toBeVisible()
  await isAccessible(page)

  // A request that belongs to nobody's cycle.
  const other = await connectEntra(running, 'Other')
  await other.get('/Schemas')
  await page.getByRole('link', { name: 'See exactly its requests' }).click()
  await expect(page).toHaveURL(/\/requests\?filter=integration%3Aentra\+id%3A\d+\.\.\d+$/)
  await expect(page.getByRole('grid').locator('[role=row][aria-label]')).toHaveCount(5)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Initial cycle')
})

test('of an integration that is paused or disabled no cycle is expected, and the screen says why', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  await announce(entra)
  for (const name of ['ana', 'bo']) await entra.create('/Users', user({ userName: `${name}@example.com` }))
  await openConsole(page, running, `/status/${entra.slug}`)
  await expect(page.getByText(/^expected in (39|40) min/)).toBeVisible()
  await running.rollcall('integrations', 'pause', entra.slug)
  await expect(page.getByText('Paused: none gets in until it is resumed')).toBeVisible()
  await running.rollcall('integrations', 'disable', entra.slug)
  await expect(page.getByText('Disabled: none gets in until it is enabled')).toBeVisible()
  await expect(page.getByText(/expected (in|about)|overdue/)).toHaveCount(0)
})

test('somebody who fails is explained with advice, and leads to the request; quarantine is some way off', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running, '<b>Entra</b>')
  await announce(entra)
  const nasty = '<script>alert(1)</script>\u202e@example.com'
  for (let n = 0; n < 6; n += 1) await entra.create('/Users', user())
  await entra.create('/Users', user({ userName: nasty }))
  const clash = await entra.post('/Users', user({ userName: nasty }))
  expect(clash.status).toBe(409)
  await openConsole(page, running)

  // The overview says the same sentence, and leads on.
  const sentence = page.getByRole('link', { name: /^Initial cycle from Entra ID, running for .* 1 failed/ })
  await expect(sentence).toBeVisible()
  await expect(page.getByText('Degraded')).toBeVisible()
  await page.getByRole('link', { name: 'See who fails' }).click()
  await expect(page).toHaveURL(`${running.origin}/status/${entra.slug}#failing`)

  const failing = page.getByRole('list', { name: 'Users and groups that fail' }).getByRole('listitem')
  await expect(failing).toHaveCount(1)
  await expect(failing).toContainText('<script>alert(1)</script>')
  await expect(failing).toContainText('Answered with 409 uniqueness')
  await expect(failing).toContainText('This userName is here already.')
  await expect(failing).toContainText('expected again in 6 h')
  await expect(page.getByText('1 failure in the cycle. Entra ID goes into quarantine at 5,000 of them')).toBeVisible()
  await isAccessible(page)
  await failing.getByRole('link', { name: 'See the request' }).click()
  await expect(page).toHaveURL(/\/requests\/\d+$/)
  await expect(page.getByText('409').first()).toBeVisible()

  // Who is well again is no longer there.
  const [id = ''] = (await entra.find('/Users', `userName eq "${nasty}"`)).texts('/id')
  await entra.delete(`/Users/${id}`)
  await entra.create('/Users', user({ userName: nasty }))
  await page.goto(`${running.origin}/status/${entra.slug}`)
  await expect(page.getByText('Nobody fails')).toBeVisible()
})

test('what is ignored, never came and was edited by hand stands with its integration', async ({ page, running }) => {
  const entra = await connectEntra(running)
  await announce(entra)
  for (let n = 0; n < 3; n += 1)
    await entra.create('/Users', user({ userName: `p${n}@example.com`, companyName: 'Contoso' }))
  await openConsole(page, running, `/status/${entra.slug}`)
  await expect(page.getByRole('list', { name: 'Ignored' })).toContainText('companyName')
  await expect(page.getByRole('list', { name: 'Never came' })).toContainText('externalId')
  await expect(page.getByRole('list', { name: 'Stored' })).toContainText('displayName')
  await expect(page.getByText('Nobody has edited by hand')).toBeVisible()
})

test.describe('by another clock than that of the server', () => {
  test.use({ timezoneId: 'Asia/Kathmandu' })

  test('a sentence tells its times by that of its reader, as everything else on the screen', async ({
    page,
    running,
  }) => {
    const there = () => new Date().toLocaleTimeString('en-GB', { timeZone: 'Asia/Kathmandu', timeStyle: 'short' })
    const entra = await connectEntra(running)
    const before = there()
    for (let n = 0; n < 3; n += 1) await createClient(entra.base, 'rc_wrong').get('/Users')
    const after = there()
    await openConsole(page, running)
    const since = new RegExp(`^3 requests refused since (${before}|${after}): `)
    await expect(page.getByText(since)).toBeVisible()
    await page.goto(`${running.origin}/status`)
    await expect(page.getByText(since)).toBeVisible()
    await page.goto(`${running.origin}/status/${entra.slug}`)
    await expect(page.getByText(since)).toBeVisible()
    await page.goto(`${running.origin}/integrations/${entra.slug}`)
    await expect(page.getByText(since)).toBeVisible()
  })
})

test('refused requests and a stopped endpoint are told, and addresses that lead nowhere say so', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  const stranger = createClient(entra.base, 'rc_wrong')
  for (let n = 0; n < 3; n += 1) await stranger.get('/Users')
  await openConsole(page, running, '/status')
  await expect(page.getByText(/^3 requests refused since .*: the token is not known here\.$/)).toBeVisible()
  await expect(page.getByText('Quarantine suspected. None of the last 3 requests got in.')).toBeVisible()
  await page.getByRole('link', { name: 'Look at its tokens' }).click()
  await expect(page).toHaveURL(`${running.origin}/integrations/${entra.slug}/tokens`)

  await page.goto(`${running.origin}/status/nobody`)
  await expect(page.getByText('There is no integration “nobody”')).toBeVisible()
  await page.goto(`${running.origin}/status/nope/cycles/1`)
  await expect(page.getByText('There is no integration “nope”')).toBeVisible()
  await page.goto(`${running.origin}/status/${entra.slug}/cycles/4711`)
  await expect(page.getByText('No cycle of Entra began with request 4711')).toBeVisible()
  await page.goto(`${running.origin}/status/nope/cycles/newest`)
  await expect(page.getByText('There is no integration “nope”')).toBeVisible()
  await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  await page.goto(`${running.origin}/status/okta/cycles/newest`)
  await expect(page.getByText('There has been no cycle of Okta yet')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('Provisioning of')
  await expect(page.getByRole('button', { name: /Provisioning of Entra/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${running.origin}/status/${entra.slug}`)
})

test('a month of cycles is walked by keyboard, in a day, a week, and page by page', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-e2e-cycles-'))
  await runJsonCommand(dataDir, ['integrations', 'create', '--name', 'Entra', '--idp', 'entra', '--vault', 'file'])
  writePastTraffic(dataDir, Date.now(), { entra: 'entra', okta: 'okta' })
  const running = await startConsole({ dataDir })
  try {
    await openConsole(page, running, '/status/entra')
    const timeline = page.getByRole('figure', { name: 'Cycles over time' })
    const marks = timeline.getByRole('link')
    await expect(marks).toHaveCount(36)
    await marks.last().focus()
    await page.keyboard.press('ArrowLeft')
    await expect(marks.nth(-2)).toBeFocused()
    const sentence = (await marks.nth(-2).getAttribute('aria-label')) ?? ''
    await expect(timeline.getByText(sentence)).toBeVisible()
    await page.keyboard.press('Home')
    await expect(marks.first()).toBeFocused()
    await page.getByText('7 days').click()
    await expect(page).toHaveURL(`${running.origin}/status/entra?range=week`)
    await expect(marks).toHaveCount(252)
    await isAccessible(page)

    const rows = page.getByRole('table', { name: 'Cycles, newest first' }).locator('tbody tr')
    await expect(rows).toHaveCount(20)
    await page.getByRole('button', { name: 'Show earlier cycles' }).click()
    await expect(rows).toHaveCount(40)
    await rows.nth(30).focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/\/status\/entra\/cycles\/\d+$/)
    await expect(page.getByText('Ended, ')).toBeVisible()
    await page.getByRole('link', { name: 'The one before it' }).click()
    await expect(page.getByText('Ended, ')).toBeVisible()
    await page.goBack()
    await page.goBack()
    await expect(page).toHaveURL(`${running.origin}/status/entra?range=week`)
  } finally {
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
