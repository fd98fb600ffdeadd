import { expect } from '@playwright/test'
import { goTo, openSeeded, test, untilStill } from './seeded-test.ts'

test('a report is printed with its bars, and with the whole of what its tables cut off on a screen', async ({
  page,
  seeded,
}) => {
  // As wide as paper.
  await page.setViewportSize({ width: 794, height: 1123 })
  await openSeeded(page, seeded, '/status/entra-id-production')
  await untilStill(page)
  const result = page.getByRole('cell', { name: /users checked, .* groups checked, .* created/ })
  const isCut = () =>
    result
      .first()
      .evaluate((cell) => [...cell.querySelectorAll('*')].some((each) => each.scrollWidth > each.clientWidth + 1))
  expect(await isCut()).toBe(true)
  await page.emulateMedia({ media: 'print' })
  await expect.poll(isCut).toBe(false)
  for (const drawn of [page.getByRole('figure').first(), page.locator('.mantine-Progress-root')])
    await expect(drawn).toHaveCSS('print-color-adjust', 'exact')
})

test('a list is printed with its names as long as they are, and without the way to other parts of its screen', async ({
  page,
  seeded,
}) => {
  await page.setViewportSize({ width: 794, height: 1123 })
  await openSeeded(page, seeded, '/users')
  const name = page.getByRole('cell', { name: /^longg/ })
  const isCut = () =>
    name.evaluate((cell) => [...cell.querySelectorAll('*')].some((each) => each.scrollWidth > each.clientWidth + 1))
  expect(await isCut()).toBe(true)
  await page.emulateMedia({ media: 'print' })
  await expect.poll(isCut).toBe(false)
  await page.emulateMedia({ media: 'screen' })
  await goTo(page, '/notifications/outbox')
  const part = page.getByRole('main').getByRole('link', { name: 'Webhooks', exact: true })
  await expect(part).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(part).toBeHidden()
})
