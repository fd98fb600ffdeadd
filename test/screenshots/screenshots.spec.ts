import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { routes } from '../../src/renderer/app/routes.ts'
import { openSeeded, test } from '../e2e/seeded-test.ts'

const folder = process.env['ROLLCALL_SCREENSHOTS'] ?? 'docs/screenshots'

for (const scheme of ['light', 'dark'] as const) {
  test(`every screen in the ${scheme} theme`, async ({ browser, seeded }) => {
    mkdirSync(folder, { recursive: true })
    const width = Number(process.env['ROLLCALL_WIDTH'] ?? 1280)
    const page = await browser.newPage({ colorScheme: scheme, viewport: { width, height: width >= 1920 ? 1080 : 800 } })
    await openSeeded(page, seeded)
    for (const { examples } of routes)
      for (const [name, path] of Object.entries(examples)) {
        await page.goto(seeded.origin + path)
        await page.waitForLoadState('networkidle')
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
        await page.evaluate(() => document.fonts.ready)
        await page.screenshot({ path: join(folder, `${name}-${scheme}.png`), animations: 'disabled' })
      }
    await page.close()
  })
}
