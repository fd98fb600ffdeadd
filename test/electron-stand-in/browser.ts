import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { serveSchemes } from './protocol.ts'
import { standInSettings } from './settings.ts'

let opened: Promise<BrowserContext> | undefined
const taken = new WeakSet<Page>()
const profile = mkdtempSync(join(tmpdir(), 'rollcall-stand-in-'))
process.once('exit', () => rmSync(profile, { recursive: true, force: true }))

async function launch(): Promise<BrowserContext> {
  const { debuggingPort, chromium: executablePath } = standInSettings
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    args: debuggingPort === undefined ? [] : [`--remote-debugging-port=${debuggingPort}`],
  })
  await serveSchemes(context)
  return context
}

/** The browser behind all windows, started with the first. */
export function browserContext(): Promise<BrowserContext> {
  opened ??= launch()
  return opened
}

/** A page that no window has yet. */
export async function newPage(): Promise<Page> {
  const context = await browserContext()
  const page =
    context.pages().find((each) => each.url() === 'about:blank' && !taken.has(each)) ?? (await context.newPage())
  taken.add(page)
  return page
}

export async function closeBrowser(): Promise<void> {
  const closing = opened
  opened = undefined
  await (await closing)?.close()
}
