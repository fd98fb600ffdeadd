import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { untilDrawn } from './seeded-test.ts'

/**
 * Runs axe in the page itself, not in a second one that is opened for each look: that is for frames of other origins, of which the console
 * has none, and takes three times as long. Its code is given to a page once, for that costs as much as a look.
 */
async function axeIn(page: Page): Promise<AxeBuilder> {
  const isThere = await page.evaluate(() => 'axe' in window)
  return new AxeBuilder(isThere ? { page, axeSource: ';' } : { page }).setLegacyMode()
}

/** What axe finds wrong, its advice on landmarks, headings and the size of targets included, as lines; what it calls minor is left out. */
export async function problemsIn(page: Page): Promise<readonly string[]> {
  const axe = await axeIn(page)
  const { violations } = await axe
    .options({
      resultTypes: ['violations'],
      // A menu is drawn beside the landmarks while it is open, and the focus is in it.
      rules: { 'target-size': { enabled: true }, region: { enabled: false } },
    })
    .analyze()
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

export async function isAccessible(page: Page): Promise<void> {
  // While a dialog comes its colours are mixed with what is behind it.
  await untilDrawn(page)
  expect(await problemsIn(page)).toEqual([])
}
