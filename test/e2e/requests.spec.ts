import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { group, user } from '../people.ts'
import { problemsIn } from './axe.ts'
import { expect, openConsole, startConsole, test } from './console.ts'
import { connect, openRequests, pastRequest, writePast } from './requests.ts'

const rows = (page: Page) =>
  page
    .getByRole('grid')
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') })
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())
const filterBox = (page: Page) => page.getByRole('textbox', { name: 'Filter' })

test('requests stand there as they come, and a paused list holds still while they are counted', async ({
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  const ana = await entra.create('/Users', user({ userName: 'ana@example.com' }))
  await expect(page.getByRole('row', { name: /Create user ana@example.com, POST, answered with 201/ })).toBeVisible()
  await page.keyboard.press('Space')
  await expect(page.getByText('Paused, 0 new')).toBeVisible()
  await entra.get(`/Users/${ana}`)
  await entra.get('/Users/nobody')
  await expect(page.getByText('Paused, 2 new')).toBeVisible()
  await expect(page.getByRole('row', { name: /Read user/ })).toHaveCount(0)

  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  await entra.get('/Groups')
  await expect(page.getByRole('link', { name: 'Requests 3 new, paused' })).toBeVisible()
  await page.getByRole('link', { name: 'Requests 3 new, paused' }).click()
  await expect(page.getByText('Paused, 3 new')).toBeVisible()
  await expect(page.getByRole('row', { name: /Read user/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Resume' }).first().click()
  await expect(page.getByRole('row', { name: /Read user ana@example.com/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /List groups/ })).toHaveCount(1)
  await expect(page.getByRole('link', { name: 'Requests', exact: true })).toBeVisible()
})

test('a screen reader is told of what has come each time, also where it is as much as the time before', async ({
  page,
  running,
}) => {
  await page.clock.install()
  const entra = await openRequests(page, running)
  await page.clock.fastForward(5000)
  await entra.get('/Users/nobody')
  await expect(page.getByRole('row', { name: /Read user/ })).toHaveCount(1)
  await page.clock.fastForward(5000)
  const told = page.getByRole('status').filter({ hasText: '1 new request, 1 failed' })
  await expect(told).toHaveCount(1)
  const additions = await told.evaluateHandle((region) => {
    const texts: string[] = []
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) for (const node of addedNodes) texts.push(node.textContent ?? '')
    }).observe(region, { childList: true, subtree: true })
    return texts
  })
  await entra.get('/Users/nobody')
  await expect(page.getByRole('row', { name: /Read user/ })).toHaveCount(2)
  await page.clock.fastForward(5000)
  await expect.poll(() => additions.jsonValue()).toEqual(['1 new request, 1 failed'])
})

test('the filter takes tokens, leaves out, says what it cannot read, and stands in the address', async ({
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  await entra.create('/Users', user({ userName: 'ana@example.com' }))
  await entra.post('/Users', user({ userName: 'ana@example.com' }))
  await entra.get('/Schemas')
  await expect(page.getByRole('row', { name: /Read schemas/ })).toBeVisible()
  await page.keyboard.press('/')
  await expect(filterBox(page)).toBeFocused()
  await page.keyboard.type('status:9xx ')
  await expect(page.getByText('A status looks like 404 or 4xx.')).toBeVisible()
  await filterBox(page).fill('stat')
  await page.getByRole('option', { name: /^status:/ }).click()
  await page.keyboard.type('4')
  await page.getByRole('option', { name: /4xx/ }).click()
  await expect(page).toHaveURL(/filter=status%3A4xx/)
  await expect(rows(page)).toHaveCount(1)
  await expect(page.getByRole('row', { name: /Create user .*conflict|conflict/ })).toBeVisible()
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible()

  await page.goBack()
  await expect(page.getByRole('row', { name: /Read schemas/ })).toBeVisible()
  await page.goForward()
  await expect(rows(page)).toHaveCount(1)
  await page.getByRole('button', { name: 'Remove status:4xx' }).click()
  await expect(filterBox(page)).toBeFocused()
  await page.keyboard.type('-path:/Schemas -op:"service provider config" ')
  await expect(page.getByRole('row', { name: /Read schemas/ })).toHaveCount(0)
  await expect(rows(page)).toHaveCount(2)
  await entra.get('/Schemas')
  await entra.get('/Groups')
  await expect(rows(page)).toHaveCount(3)

  await page.keyboard.press('Backspace')
  await expect(filterBox(page)).toHaveValue('-op:"service provider config"')
  await page.goto(`${running.origin}/requests?filter=status:x`)
  await expect(page.getByText('A status looks like 404 or 4xx.')).toBeVisible()
  await page.goto(`${running.origin}/requests?filter=status:418`)
  await expect(page.getByText('No request matches')).toBeVisible()
  await page.getByRole('button', { name: 'Show all requests' }).click()
  await expect(page.getByRole('row', { name: /List groups/ })).toBeVisible()
})

test('an integration is called by its name, and one that is gone by its slug, also where another one has that slug now', async ({
  page,
  running,
}) => {
  const first = await openRequests(page, running)
  const ana = await first.create('/Users', user({ userName: 'ana' }))
  const who = (text: string) => page.getByRole('gridcell', { name: text, exact: true })
  await expect(who('Entra ID').first()).toBeVisible()
  await expect(who('entra-id')).toHaveCount(0)
  const last = rows(page).last()
  await expect(last.getByRole('button', { name: /^Compare the request of \d\d:\d\d:\d\d\.\d{3}$/ })).toHaveCount(1)
  await last.getByRole('button', { name: /^What to do with the request of \d\d:\d\d:\d\d\.\d{3}$/ }).click()
  await page.getByRole('menuitem', { name: 'Only requests like this' }).click()
  await expect(page.getByRole('menuitem', { name: 'Of Entra ID' })).toBeVisible()

  await running.rollcall('integrations', 'delete', 'entra-id', '--yes')
  const second = await connect(running, 'Successor', ['--slug', 'entra-id'])
  await second.get('/Schemas')
  await page.goto(`${running.origin}/requests`)
  await expect(who('Successor').last()).toBeVisible()
  await expect(rows(page).filter({ hasText: 'Create user' }).getByRole('gridcell', { name: 'entra-id' })).toBeVisible()
  await expect(who('Entra ID')).toHaveCount(0)

  await page.goto(`${running.origin}/users/${ana}/history`)
  await expect(page.getByText('by entra-id')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Successor' })).toHaveCount(0)
})

test('a filter is saved by name, and found again in another tab', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  await entra.get('/Users/nobody')
  await page.goto(`${running.origin}/requests?filter=method:GET+is:failed`)
  await page.getByRole('button', { name: 'Saved filters' }).click()
  await page.getByRole('menuitem', { name: 'Save this filter' }).click()
  await page.getByRole('textbox', { name: 'Name of the filter' }).fill('Failed reads')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('menuitem', { name: /Failed reads/ })).toBeVisible()
  const other = await page.context().newPage()
  await other.goto(`${running.origin}/requests`)
  await other.getByRole('button', { name: 'Saved filters' }).click()
  await other.getByRole('menuitem', { name: /Failed reads/ }).click()
  await expect(other.getByRole('row', { name: /Read user/ })).toBeVisible()
  await expect(rows(other)).toHaveCount(1)
  await other.getByRole('button', { name: 'Saved filters' }).click()
  await other.getByRole('button', { name: 'Remove the filter Failed reads' }).click()
  await expect(other.getByRole('menuitem', { name: /Failed reads/ })).toHaveCount(0)
})

test('an open request says why, what it changed, and what to do about a failure', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  const ana = await entra.create('/Users', user({ userName: 'ana@example.com', title: 'Engineer' }))
  await entra.patch(`/Users/${ana}`, [{ op: 'Replace', path: 'active', value: 'False' }])
  await page.getByRole('row', { name: /Disable user ana@example.com/ }).click()
  const detail = page.getByRole('complementary', { name: /Request \d+/ })
  await expect(page).toHaveTitle(/^Request \d+ · Requests · Rollcall$/)
  await expect(detail.getByText('came as the text "False"')).toBeVisible()
  await expect(detail.getByText('unless the tenant URL carries aadOptscim062020').first()).toBeVisible()
  await page.getByRole('tab', { name: 'Change' }).click()
  await expect(page).toHaveURL(/tab=change/)
  await expect(detail.getByRole('row', { name: /active − true \+ false/ })).toBeVisible()
  await expect(detail.getByRole('link', { name: 'ana@example.com' })).toHaveAttribute('href', `/users/${ana}`)
  await page.getByRole('tab', { name: 'Request', exact: true }).click()
  await expect(detail.getByText('[redacted]').first()).toBeVisible()
  await page.getByRole('tab', { name: 'Timing' }).click()
  await expect(detail.getByText('In UTC')).toBeVisible()
  await page.getByRole('tab', { name: 'Raw' }).click()
  await expect(detail.getByLabel('The exchange')).toContainText(`PATCH /scim/entra-id/v2/Users/${ana} HTTP/1.1`)
  await page.keyboard.press('Escape')
  await expect(detail).toBeHidden()

  await entra.post('/Users', user({ userName: 'ANA@example.com' }))
  await page.getByRole('row', { name: /conflict/ }).click()
  const help = page.getByRole('region', { name: 'What this failure means' })
  await expect(help.getByText('409 · somebody has that name already')).toBeVisible()
  await expect(help.getByText('Next:')).toBeVisible()
  await help.getByRole('link', { name: 'Show who has it' }).click()
  await expect(page).toHaveURL(`${running.origin}/users?q=ANA%40example.com`)
  await expect(page.getByRole('row', { name: /ana@example.com/ })).toBeVisible()
  await page.goBack()
  await entra.get('/Users', { authorization: 'Bearer rc_wrong' })
  await page.keyboard.press('Escape')
  await page.getByRole('row', { name: /bad token/ }).click()
  await expect(help.getByText('401 · the token was not pasted as it is')).toBeVisible()
  await help.getByRole('link', { name: 'Open its tokens' }).click()
  await expect(page).toHaveURL(`${running.origin}/integrations/entra-id/tokens`)
})

test('a request is copied without its secrets, and works again with the token put in', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  await entra.create('/Users', user({ userName: 'ana@example.com', displayName: "Ana's $HOME" }))
  await page.getByRole('row', { name: /Create user/ }).click()
  await page.keyboard.press('c')
  await expect(page.getByText(/Request \d+ is copied as cURL/)).toBeVisible()
  const command = await clipboard(page)
  expect(command).toContain('"Authorization: Bearer $SCIM_TOKEN"')
  expect(command).toContain(`'${running.scim}/entra-id/v2/Users'`)
  expect(command).not.toContain(entra.token)
  await page.getByRole('button', { name: 'Copy summary' }).click()
  await expect.poll(() => clipboard(page)).toMatch(/POST \/scim\/entra-id\/v2\/Users → 201 in .* · X-Request-Id /)
})

test('a replay is tried first and changes nothing, then does what it said', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  const ana = await entra.create('/Users', user({ userName: 'ana@example.com', title: 'Boss' }))
  await entra.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Engineer' }])
  await entra.patch(`/Users/${ana}`, [{ op: 'replace', path: 'title', value: 'Pilot' }])
  await page
    .getByRole('row', { name: /Update user ana@example.com/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Replay' }).click()
  const detail = page.getByRole('complementary')
  await expect(detail.getByText('Dry run.')).toBeVisible()
  await expect(detail.getByRole('row', { name: /title − Pilot \+ Engineer/ })).toBeVisible()
  expect((await entra.get(`/Users/${ana}`)).at('/title')).toBe('Pilot')
  await detail.getByRole('button', { name: 'Send it for real' }).click()
  const question = page.getByRole('dialog', { name: /Send PATCH request \d+ again for real/ })
  await expect(question.getByText('It changes user ana@example.com (title).')).toBeVisible()
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Send it' }).click()
  await expect(detail.getByText('It was sent for real and stands in the log')).toBeVisible()
  expect((await entra.get(`/Users/${ana}`)).at('/title')).toBe('Engineer')
  await detail.getByRole('link', { name: 'show it' }).click()
  await expect(detail.getByText(/A person sent request \d+ of the log again/)).toBeVisible()
})

test('what matches is fetched as a file, whole and without secrets', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  await entra.create('/Users', user({ userName: 'ana@example.com', password: 'correct horse' }))
  await entra.get('/Schemas')
  await page.goto(`${running.origin}/requests?filter=method:POST`)
  await expect(rows(page)).toHaveCount(1)
  async function fetched(format: RegExp): Promise<{ readonly name: string; readonly text: string }> {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByRole('menuitem', { name: format }).click()
    const file = await download
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
  }
  const har = await fetched(/HAR/)
  expect(har.name).toMatch(/^rollcall-requests-[\d-]+\.har$/)
  expect(JSON.parse(har.text).log.entries).toHaveLength(1)
  const lines = await fetched(/NDJSON/)
  expect(lines.text.trim().split('\n')).toHaveLength(1)
  for (const { text } of [har, lines]) {
    expect(text).toContain('ana@example.com')
    expect(text).not.toContain('correct horse')
    expect(text).not.toContain(entra.token)
  }
})

test('everything is done by keyboard: walking, opening, menu, choosing two, comparing, pinning', async ({
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  await entra.get('/Users?filter=userName+eq+%22ana%22')
  await entra.get('/Users?filter=userName+eq+%22bo%22')
  await entra.create('/Groups', group('Team', []))
  await expect(page.getByRole('row', { name: /Create group Team/ })).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('grid')).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('x')
  await expect(page.getByText(/Requests \d+ and \d+ are chosen/)).toBeVisible()
  await page.getByRole('button', { name: 'Compare them' }).press('Enter')
  await expect(page.getByLabel('Request compared')).toContainText('filter = userName eq "bo"')
  await page.goBack()

  await page.getByRole('grid').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/requests\/\d+$/)
  await expect(page.getByRole('complementary').getByRole('heading', { name: /^Request \d+$/ })).toBeFocused()
  // On the way through the head of the list the place among its rows is not lost.
  await page.getByRole('grid').getByRole('button', { name: 'Took' }).focus()
  await page.getByRole('button', { name: 'Close the detail' }).focus()
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${running.origin}/requests`)
  await expect(page.getByRole('grid')).toBeFocused()
  await page.keyboard.press('p')
  await expect(page.getByText(/is pinned: the log keeps it/)).toBeVisible()
  await page.keyboard.press('m')
  const menu = page.getByRole('menu', { name: /Request \d+/ })
  await expect(menu.getByRole('menuitem', { name: 'Unpin' })).toBeVisible()
  await expect(menu.getByRole('menuitem', { name: 'Only requests like this' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('menuitem', { name: 'The same purpose: user match lookup' }).press('Enter')
  await expect(rows(page)).toHaveCount(2)
  await expect(page).toHaveURL(/filter=op/)
  await page.goto(`${running.origin}/requests?filter=is:pinned`)
  await expect(rows(page)).toHaveCount(1)
})

test('hostile texts are drawn as text, gaps are shown as gaps', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-hostile-'))
  const now = Date.now()
  const hostile = '<img src=x onerror=document.title=1><script>document.title=1</script>'
  const gap = { lost: 37, status: 0, method: '', target: '', classification: 'gap: 37 requests were not recorded' }
  writePast(dataDir, [
    pastRequest(now - 5000, {
      target: `/scim/entra-id/v2/Users?filter=userName+eq+%22${encodeURIComponent(hostile)}%22`,
    }),
    pastRequest(now - 4000, { classification: `${'long '.repeat(120)}${'x'.repeat(500)}` }),
    pastRequest(now - 3000, {
      classification: 'user match lookup',
      target: '/Users?filter=userName+eq+%22%E2%80%AEnaitsirhc%F0%9F%98%80%22',
    }),
    pastRequest(now - 2000, gap),
    pastRequest(now - 1000, {
      responseBody: `{"a":${JSON.stringify(hostile)}}`,
      trace: `[{"step":"rule","code":"declined","seen":${JSON.stringify(hostile)}}]`,
    }),
  ])
  const running = await startConsole({ dataDir })
  try {
    await openConsole(page, running, '/requests')
    await expect(page.getByText(`User match lookup ${hostile}`)).toBeVisible()
    await expect(page.getByText('37 requests were not recorded: more came than could be stored')).toBeVisible()
    expect(await rows(page).first().boundingBox()).toMatchObject({ height: 32 })
    await rows(page).last().click()
    await expect(page.getByRole('complementary').getByText(hostile).first()).toBeVisible()
    await page.getByRole('tab', { name: 'Response' }).click()
    await expect(page.getByRole('complementary').getByText('onerror').first()).toBeVisible()
    await expect(page).toHaveTitle(/^Request \d+ · Requests · Rollcall$/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  } finally {
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('a long log is drawn in part, walked to its beginning, and sorted by the engine', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-long-'))
  const now = Date.now()
  const count = 6000
  writePast(
    dataDir,
    Array.from({ length: count }, (_, n) =>
      pastRequest(now - 60_000 + n, { durationMicros: 1000 + ((n * 7919) % count), classification: `lookup ${n + 1}` }),
    ),
  )
  const running = await startConsole({ dataDir })
  try {
    await openConsole(page, running, '/requests')
    await expect(page.getByRole('row', { name: new RegExp(`Lookup ${count}\\b`) })).toBeVisible()
    expect(await rows(page).count()).toBeLessThan(80)
    await page.getByRole('grid').focus()
    await expect(async () => {
      await page.keyboard.press('Home')
      await expect(page.getByText('6,000 in view')).toBeVisible({ timeout: 500 })
    }).toPass()
    await page.keyboard.press('Home')
    await expect(page.getByRole('row', { name: /Lookup 1 / })).toBeVisible()
    await expect(page.getByText('6,000 in view')).toBeVisible()
    expect(await rows(page).count()).toBeLessThan(80)

    await expect(page.getByRole('button', { name: 'Took' })).toBeDisabled()
    await page.getByRole('grid').focus()
    await page.keyboard.press('Space')
    await page.getByRole('button', { name: 'Took' }).click()
    await expect(page).toHaveURL(/sort=took.desc/)
    await expect(page.getByRole('columnheader', { name: 'Took' })).toHaveAttribute('aria-sort', 'descending')
    await expect(rows(page).first()).toContainText('7.0 ms')
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(count + 1))
    await page.keyboard.press('End')
  } finally {
    await running.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('scrolling up leaves the end, and the way back counts what was missed', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  for (let n = 0; n < 40; n += 1) await entra.get(`/Users?filter=userName+eq+%22person${n}%22`)
  await expect(page.getByRole('row', { name: /person39/ })).toBeInViewport()
  await page.getByRole('grid').hover()
  await page.mouse.wheel(0, -400)
  await expect(page.getByRole('row', { name: /person39/ })).not.toBeInViewport()
  await entra.get('/Schemas')
  await entra.get('/Groups')
  await expect(page.getByRole('button', { name: 'Jump to latest (2)' })).toBeVisible()
  const top = page.getByRole('row', { name: /person23/ })
  await expect(top).toBeInViewport()
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible()
  await page.goBack()
  await expect(top).toBeInViewport()
  await expect(page.getByRole('row', { name: /person39/ })).not.toBeInViewport()
  await page.keyboard.press('End')
  await expect(page.getByRole('row', { name: /List groups/ })).toBeInViewport()
  await entra.get('/ResourceTypes')
  await expect(page.getByRole('row', { name: /Read resource types/ })).toBeInViewport()
  await expect(page.getByRole('button', { name: /Jump to latest/ })).toBeHidden()
})

test('what is open stays where it is while others come, in a narrow window too, and closing it follows again', async ({
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  for (let n = 0; n < 40; n += 1) await entra.get(`/Users?filter=userName+eq+%22person${n}%22`)
  await expect(page.getByText('41 in all')).toBeVisible()
  // Columns give way before what a request is for is cut off, or the others are out of sight.
  await page.setViewportSize({ width: 768, height: 800 })
  const grid = page.getByRole('grid')
  await expect.poll(() => grid.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  await page.setViewportSize({ width: 720, height: 800 })
  const last = page.getByRole('row', { name: /person39/ })
  await last.click()
  await expect(page.getByRole('complementary', { name: /Request \d+/ })).toBeVisible()
  await expect(last).toBeInViewport({ ratio: 0.9 })
  for (let n = 0; n < 5; n += 1) await entra.get('/Groups')
  await expect(page.getByRole('button', { name: 'Jump to latest (5)' })).toBeVisible()
  await expect(last).toBeInViewport({ ratio: 0.9 })
  await expect(page.getByText('46 in all')).toBeVisible()
  await page.getByRole('button', { name: 'Jump to latest (5)' }).click()
  await page.keyboard.press('Escape')
  await entra.get('/ResourceTypes')
  await expect(page.getByRole('row', { name: /Read resource types/ })).toBeInViewport({ ratio: 0.9 })
})

test('a link to a request shows its row, and the list stays there', async ({ page, running }) => {
  const entra = await openRequests(page, running)
  for (let n = 0; n < 90; n += 1) await entra.get(`/Users?filter=userName+eq+%22person${n}%22`)
  await expect(page.getByText('91 in all')).toBeVisible()
  await page.goto(`${running.origin}/requests/31`)
  await expect(page.getByRole('complementary', { name: 'Request 31' })).toBeVisible()
  const open = page.getByRole('row', { name: /person29 / })
  await expect(open).toBeInViewport({ ratio: 0.9 })
  await entra.get('/Groups')
  await expect(page.getByText('92 in all')).toBeVisible()
  await expect(open).toBeInViewport({ ratio: 0.9 })
})

test('a server that comes back goes on behind the last request, with none twice and none missing', async ({
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  await entra.get('/Schemas')
  await expect(page.getByRole('row', { name: /Read schemas/ })).toHaveCount(1)
  const before = await rows(page).count()
  await running.restart()
  await entra.get('/Groups')
  await entra.get('/ResourceTypes')
  await expect(page.getByRole('row', { name: /Read resource types/ })).toHaveCount(1, { timeout: 30_000 })
  await expect(page.getByRole('row', { name: /List groups/ })).toHaveCount(1)
  await expect(rows(page)).toHaveCount(before + 2)
})

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing wrong in any state of the screen in the ${scheme} theme`, async ({ page, running }) => {
    test.slow()
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const entra = await openRequests(page, running)
    const ana = await entra.create('/Users', user({ userName: 'ana@example.com' }))
    await entra.patch(`/Users/${ana}`, [{ op: 'Replace', path: 'active', value: 'False' }])
    await entra.post('/Users', user({ userName: 'ana@example.com' }))
    const check = async (state: string) =>
      expect({ state, found: await problemsIn(page) }).toEqual({ state, found: [] })
    await check('list')
    await page.getByRole('row', { name: /Disable user/ }).click()
    for (const tab of ['Why this answer', 'Request', 'Response', 'Change', 'Timing', 'Raw']) {
      await page.getByRole('tab', { name: tab, exact: true }).click()
      await check(tab)
    }
    await page.getByRole('button', { name: 'Replay' }).click()
    await expect(page.getByText('Dry run.')).toBeVisible()
    await check('replay')
    await page.goto(`${running.origin}/requests?filter=is:failed&sort=took.desc`)
    await page.getByRole('row', { name: /conflict/ }).click()
    await expect(page.getByRole('region', { name: 'What this failure means' })).toBeVisible()
    await check('failure')
    await page.keyboard.press('m')
    await expect(page.getByRole('menu')).toBeVisible()
    await check('menu')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.type('status:9xx ')
    await check('filter')
    await page.goto(`${running.origin}/requests?filter=status:418`)
    await expect(page.getByText('No request matches')).toBeVisible()
    await check('nothing')
  })

test('a field of the filter that there is none of is said to be one, and finding nothing is counted', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/requests')
  const field = page.getByRole('combobox', { name: 'Filter' }).or(page.getByRole('textbox', { name: 'Filter' }))
  await field.fill('stauts:4xx')
  await field.press('Enter')
  await expect(
    page.getByText('“stauts” is no field of the filter: “stauts:4xx” is searched for as text.'),
  ).toBeVisible()
  await expect(page.getByText('No request matches')).toBeVisible()
  await expect(page.getByText(/^0 of \d/)).toBeVisible()
})

test('what never became a request says why, and nothing offers to send it again', async ({ page, running }) => {
  await openRequests(page, running)
  await fetch(running.scim.replace('http:', 'https:')).catch(() => undefined)
  await page.getByRole('row', { name: /TLS on a port without it \(no request\), answered with 400/ }).click()
  const detail = page.getByRole('region', { name: 'What this failure means' })
  await expect(detail).toContainText('The client spoke TLS to a port that speaks plain HTTP.')
  await expect(detail.getByRole('link', { name: 'Open the settings of the endpoint' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy summary' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Copy as cURL' })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Replay' })).toHaveCount(0)
  await page.getByRole('tab', { name: 'Request', exact: true }).click()
  await expect(page.getByText('No request that could be read')).toBeVisible()
})
