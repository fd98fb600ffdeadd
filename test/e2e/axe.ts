import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { untilDrawn } from './seeded-test.ts'

/**
 * What axe finds that is serious or worse, as lines. Every rule is applied; only what it finds is reported. axe runs in the page itself,
 * not in a second one that is opened for each look: that is for frames of other origins, of which the console has none, and takes
 * three times as long.
 */
export async function seriousIn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** What axe finds wrong with the landmarks by which a screen reader goes through a page, as lines. */
export async function landmarkProblemsIn(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withRules(['landmark-no-duplicate-banner', 'landmark-banner-is-top-level', 'landmark-one-main', 'landmark-unique'])
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

export async function isAccessible(page: Page): Promise<void> {
  // While a dialog comes its colours are mixed with what is behind it.
  await untilDrawn(page)
  expect(await seriousIn(page)).toEqual([])
}
