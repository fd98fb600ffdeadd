import { portMessage } from '../../src/contract/port.ts'
import { expect, test } from './desktop.ts'

// One app for all of them: each leaves it as it found it.
test.describe.configure({ mode: 'default' })

test('the window is sandboxed and isolated, and so is every page by default', async ({ steady }) => {
  const { desktop } = steady
  const [window] = await desktop.controls.windows()
  expect(window?.preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  })
  for (const name of [
    'allowRunningInsecureContent',
    'experimentalFeatures',
    'enableBlinkFeatures',
    'navigateOnDragDrop',
  ])
    expect(window?.preferences).not.toHaveProperty(name)
  expect(await desktop.controls.requests()).toMatchObject({ sandbox: true })
})

test('the page sees neither Node nor anything of the preload script', async ({ steady }) => {
  const { page } = steady
  const plain = await page.context().newPage()
  await plain.route('https://plain.invalid/', (route) => route.fulfill({ contentType: 'text/html', body: '' }))
  await plain.goto('https://plain.invalid/')
  const ofBrowser = await plain.evaluate(() => Object.getOwnPropertyNames(globalThis))
  await plain.close()
  const ofPage = await page.evaluate(() => Object.getOwnPropertyNames(globalThis))
  // What zod keeps for itself is the page's own.
  expect(ofPage.filter((name) => !ofBrowser.includes(name) && !name.startsWith('__zod_'))).toEqual([])
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in globalThis)),
  ).toEqual([])
  expect(steady.stderr()).toBe('')
})

test('every permission is denied but putting text on the clipboard, to our own page alone', async ({ steady }) => {
  const { desktop, page } = steady
  const { controls } = desktop
  const ours = { url: 'app://rollcall/users', isMainFrame: true }
  const denied = { requested: false, checked: false }
  for (const permission of [
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'local-network-access',
    'media',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'usb',
    'window-management',
    'unknown',
  ] as const)
    expect(await controls.askPermission(permission, ours), permission).toEqual(denied)
  const write = 'clipboard-sanitized-write'
  expect(await controls.askPermission(write, ours)).toEqual({ requested: true, checked: true })
  expect(await controls.askPermission(write, { ...ours, isMainFrame: false })).toEqual(denied)
  expect(await controls.askPermission(write, { ...ours, url: 'https://evil.example/' })).toEqual(denied)
  expect(await controls.askPermission(write, { ...ours, url: 'app://evil/' })).toEqual(denied)
  expect(await controls.askDevice('app://rollcall')).toBe(false)

  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  const asked = await page.evaluate(async () => {
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'permitted',
        () => 'denied',
      )
    const position = new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))
    return [
      await outcome(position),
      await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
      await outcome(navigator.clipboard.readText()),
    ]
  })
  expect(asked).toEqual(['denied', 'denied', 'denied'])
})

test('the page stays where it is', async ({ steady }) => {
  const { desktop, page } = steady
  const { controls } = desktop
  for (const url of ['https://evil.example/', 'http://127.0.0.1:1/', 'https://portal.azure.com.evil.example/']) {
    await page.evaluate((target) => location.assign(target), url)
    await page.getByRole('link', { name: 'Users', exact: true }).click()
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await expect(page.getByText('Listening')).toBeVisible()
  }
  expect(await steady.openedOutside()).toEqual([])
  expect(steady.stderr()).toContain('A link to https://evil.example was not opened')
  expect(await controls.redirect('https://evil.example/')).toBe(false)
  expect(await controls.navigateFrame('https://evil.example/')).toBe(false)
  expect(await controls.navigateFrame('app://rollcall/')).toBe(false)

  await page.evaluate(() => location.assign('/users'))
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  expect((await controls.windows()).map(({ url }) => url)).toEqual(['app://rollcall/users'])
})

test('the page opens no window; links that we name open in the browser', async ({ steady }) => {
  const { desktop, page } = steady
  for (const url of [
    'https://evil.example/',
    'https://portal.azure.com.evil.example/',
    'https://evil.example@portal.azure.com/',
    'http://portal.azure.com/',
    'https://portal.azure.com:8443/',
    '/users',
    'about:blank',
  ])
    await page.evaluate((target) => void window.open(target), url)
  await expect.poll(async () => (await desktop.pages()).length).toBe(1)
  expect(await steady.openedOutside()).toEqual([])

  await desktop.rollcall('integrations', 'create', '--name', 'Entra ID', '--idp', 'entra')
  await page.evaluate(() => location.assign('/integrations/entra-id/setup/portal'))
  await page.getByRole('link', { name: 'entra.microsoft.com' }).first().click()
  await expect.poll(() => steady.openedOutside()).toEqual(['https://entra.microsoft.com/'])
  await expect.poll(async () => (await desktop.pages()).length).toBe(1)
})

test('no page is embedded in the page', async ({ steady }) => {
  const { desktop, page } = steady
  expect(await desktop.controls.attachWebview()).toBe(false)
  const framed = await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    const blocked = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective))
    })
    frame.src = '/users'
    document.body.append(frame)
    return blocked
  })
  expect(framed).toBe('frame-src')
})

test('only the main frame of our window, showing our page, is given the engine', async ({ steady }) => {
  const { desktop, page } = steady
  const { controls } = desktop
  const ours = { isMainFrame: true, count: 1 }
  expect(await controls.sendPort(portMessage, { ...ours, isMainFrame: false })).toBe(1)
  expect(await controls.sendPort(portMessage, { ...ours, url: 'https://evil.example/' })).toBe(1)
  expect(await controls.sendPort(portMessage, { ...ours, url: 'app://evil/' })).toBe(1)
  expect(await controls.sendPort(portMessage, { ...ours, isOtherWindow: true })).toBe(1)
  expect(await controls.sendPort(portMessage, { ...ours, count: 2 })).toBe(2)
  expect(await controls.sendPort(portMessage, { ...ours, count: 0 })).toBe(0)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Users' })).toBeVisible()
  expect(steady.stderr().match(/^A port from .* was refused\.$/gm)).toHaveLength(6)
  expect(await controls.sendPort(portMessage, ours)).toBe(0)
})

test('the preload script passes on one port, at our word alone; what is no call closes that port and harms nothing else', async ({
  steady,
}) => {
  const { desktop, page } = steady
  const taken = await page.evaluate(async (word) => {
    const closed: string[] = []
    const portThatSays = (text: string) => {
      const { port1, port2 } = new MessageChannel()
      port1.addEventListener('close', () => closed.push(text))
      port1.start()
      port1.postMessage(text)
      return { port1, port2 }
    }
    const stranger = portThatSays('from a stranger')
    window.dispatchEvent(new MessageEvent('message', { data: word, source: null, ports: [stranger.port2] }))
    window.postMessage('another word', location.origin, [portThatSays('after another word').port2])
    window.postMessage({ word }, location.origin, [portThatSays('inside of an object').port2])
    window.postMessage(word, location.origin)
    window.postMessage(word, location.origin, [portThatSays('one of two').port2, portThatSays('two of two').port2])
    const ours = portThatSays('no call')
    const gone = new Promise<void>((resolve) => {
      ours.port1.addEventListener('close', () => resolve())
    })
    window.postMessage(word, location.origin, [ours.port2])
    await gone
    return closed
  }, portMessage)
  expect(taken).toEqual(['no call'])
  expect(steady.stderr().match(/^console \S+: /gm)).toHaveLength(1)
  expect(steady.stderr()).toContain('"no call" is not valid JSON')
  expect(steady.stderr()).not.toContain('refused')
  // The page's own port had to make room for that one; it has come back by itself.
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await page.getByRole('link', { name: 'About', exact: true }).click()
  await expect(page.getByText(desktop.dataDir)).toBeVisible({ timeout: 15_000 })
})

test('a page has one port at a time: the next one ends the one before', async ({ steady }) => {
  const ended = await steady.page.evaluate(async (word) => {
    const hand = () => {
      const { port1, port2 } = new MessageChannel()
      const closed = new Promise<string>((resolve) => {
        port1.addEventListener('close', () => resolve('ended'))
      })
      port1.start()
      window.postMessage(word, location.origin, [port2])
      return closed
    }
    const first = hand()
    void hand()
    return first
  }, portMessage)
  expect(ended).toBe('ended')
})

test('app:// serves the built page and nothing beside it', async ({ steady }) => {
  const { desktop, page } = steady
  const { controls } = desktop
  expect(await controls.schemes()).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
  const source = (await page.locator('script[src]').first().getAttribute('src')) ?? ''
  expect(await controls.request(`app://rollcall${source}`)).toMatchObject({
    status: 200,
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'x-content-type-options': 'nosniff' },
  })
  for (const path of [
    '/assets/../index.html',
    '/assets/..%2findex.html',
    '/assets/%2e%2e/%2e%2e/main/index.js',
    '/assets/..\\..\\main\\index.js',
    '/assets//etc/passwd',
    '/assets/nothing.js',
    '/package.json',
    '/../../package.json',
  ]) {
    const { status, body } = await controls.request(`app://rollcall${path}`)
    expect([status, body], path).toEqual([404, ''])
  }
  expect((await controls.request('app://evil/')).status).toBe(404)
  expect((await controls.request('app://rollcall/', 'POST')).status).toBe(405)
})

test('every load of the page has a strict policy with a nonce of its own, which the browser enforces', async ({
  steady,
}) => {
  const { desktop, page } = steady
  const nonces = new Set<string>()
  for (const path of ['/', '/users', '/integrations/entra/setup/portal']) {
    const { headers, body } = await desktop.controls.request(`app://rollcall${path}`)
    const policy = headers['content-security-policy'] ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toMatch(/unsafe|\*/)
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none'
    expect(body).toContain(`nonce="${nonce}"`)
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(3)
  const broken = await page.evaluate(async () => {
    const violations: string[] = []
    const both = new Promise<void>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => {
        if (violations.push(event.effectiveDirective) === 2) resolve()
      })
    })
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
    await fetch('https://evil.example/').catch(() => undefined)
    await both
    return { violations, title: document.title }
  })
  expect(broken.violations).toEqual(['script-src-elem', 'connect-src'])
  expect(broken.title).not.toBe('run')
})

test('only what the page has made is downloaded', async ({ steady }) => {
  const { desktop } = steady
  const { controls } = desktop
  expect(await controls.offerDownload('blob:app://rollcall/6f1c')).toBe(true)
  for (const url of [
    'https://evil.example/x.exe',
    'blob:https://evil.example/6f1c',
    'app://rollcall/x',
    'data:text/html,x',
  ])
    expect(await controls.offerDownload(url), url).toBe(false)
})

test('the packed app has no developer tools', async ({ launch }) => {
  const desktop = await launch({ machine: { isPackaged: true } })
  await desktop.page()
  const [window] = await desktop.controls.windows()
  expect(window?.preferences?.devTools).toBe(false)
  expect((await desktop.controls.applicationMenu()).map(({ label }) => label)).not.toContain('toggleDevTools')
})
