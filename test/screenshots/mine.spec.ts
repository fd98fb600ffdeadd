import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { routes } from '../../src/renderer/app/routes.ts'
import { openConsole, type RunningConsole } from '../e2e/console.ts'
import { startSeededConsole } from '../e2e/seeded-console.ts'

const folder = process.env['ROLLCALL_SCREENSHOTS'] ?? 'docs/screenshots'

const test = base.extend<object, { readonly seeded: RunningConsole }>({
  seeded: [
    async ({}, use) => {
      const seeded = await startSeededConsole()
      await use(seeded)
      await seeded.stop()
    },
    { scope: 'worker' },
  ],
})

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen in the ${scheme} theme`, async ({ browser, seeded }) => {
    mkdirSync(folder, { recursive: true })
    const width = Number(process.env['ROLLCALL_WIDTH'] ?? 1280)
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: width >= 1920 ? 1080 : 800 } })
    await openConsole(page, { link: seeded.link.replace(/#k=.*/, `#k=${await freshKey(seeded)}`) })
    for (const { examples } of routes)
      for (const [name, path] of Object.entries(examples)) {
        if (!/^(status|notif|overview|integration-status|integrations|settings-endpoint)/.test(name)) continue
        await page.goto(seeded.origin + path)
        await page.waitForLoadState('networkidle')
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
        await page.evaluate(() => document.fonts.ready)
        await page.evaluate(() => {
          for (const e of document.querySelectorAll('main, #root, body, html, .mantine-AppShell-main')) {
            ;(e as HTMLElement).style.height = 'auto'
            ;(e as HTMLElement).style.overflow = 'visible'
          }
        })
        await page.screenshot({ path: join(folder, `${name}-${scheme}.png`), animations: 'disabled', fullPage: true })
      }
    await page.close()
  })
}

/** A one-time key for another page. */
async function freshKey(seeded: RunningConsole): Promise<string> {
  const told = await seeded.rollcall('console', 'url')
  return /#k=([\w-]+)/.exec(JSON.stringify(told))?.[1] ?? ''
}
