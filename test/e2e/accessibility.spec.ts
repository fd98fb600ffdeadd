import type { Locator } from '@playwright/test'
import { problemsIn } from './axe.ts'
import { expect } from './console.ts'
import { goTo, openSeeded, screens, test, untilDrawn, untilStill } from './seeded-test.ts'

const schemes = ['light', 'dark'] as const

const backgroundOf = (element: Element) => getComputedStyle(element).backgroundColor

/** Of the border of a field (WCAG 2.2, 1.4.11), or of its text, and what is behind it. */
function contrastOf(part: 'borderTopColor' | 'color', field: Locator): Promise<number> {
  return field.evaluate((element, name) => {
    const { [name]: drawn, backgroundColor } = getComputedStyle(element)
    const luminance = (color: string) => {
      const [red = 0, green = 0, blue = 0] = (color.match(/\d+/g) ?? [])
        .map((each) => Number(each) / 255)
        .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4))
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    }
    const [one, other] = [luminance(drawn), luminance(backgroundColor)]
    return Math.max(one, other) / Math.min(one, other)
  }, part)
}

const half = Math.ceil(screens.length / 2)

// Two halves take as long as each other, and each screen is opened once for both themes.
for (const [name, paths] of [
  ['the first half of the screens', screens.slice(0, half)],
  ['the second half of the screens', screens.slice(half)],
] as const)
  test(`axe finds nothing wrong in ${name}, in either theme`, async ({ browser, seeded }) => {
    test.slow()
    const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce' })
    const page = await context.newPage()
    await openSeeded(page, seeded)
    for (const path of paths) {
      await goTo(page, path)
      await untilStill(page)
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
        await untilDrawn(page)
        await test.step(`${path}, ${colorScheme}`, async () => expect(await problemsIn(page)).toEqual([]))
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    }
    await context.close()
  })

test('axe finds nothing wrong in dialogs, menus and details', async ({ page, seeded }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openSeeded(page, seeded)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await problemsIn(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await problemsIn(page)).toEqual([])
  await page.goto(`${seeded.origin}/integrations/entra-id-production/tokens?rotate`)
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await problemsIn(page)).toEqual([])
  await page.goto(`${seeded.origin}/requests`)
  await page
    .getByRole('row', { name: /Create user/ })
    .first()
    .click()
  await expect(page.getByRole('tab', { name: 'Why this answer' })).toBeVisible()
  expect(await problemsIn(page)).toEqual([])
})

test('a page that is enlarged to 200 % keeps lists and details that can be read', async ({ page, seeded }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await openSeeded(page, seeded)
  for (const path of ['/users', '/requests', '/conversion/preview/latest']) {
    await page.goto(seeded.origin + path)
    // The row that is third on the screen; the first is the head.
    await page.getByRole('row').nth(2).click()
    const detail = page.getByRole('complementary')
    await expect(detail.getByRole('heading').first()).toBeInViewport()
    await expect(page.getByRole('complementary').locator(':focus')).toHaveCount(0)
    await detail.getByRole('button', { name: 'Close the detail' }).scrollIntoViewIfNeeded()
    await expect(detail).toBeInViewport()
    expect((await detail.boundingBox())?.height, path).toBeGreaterThanOrEqual(320)
    const divider = await page.getByRole('separator').boundingBox()
    const list = await page.getByRole('row').first().boundingBox()
    expect((divider?.y ?? 0) - (list?.y ?? 0), path).toBeGreaterThanOrEqual(250)
  }
})

test('a request that is opened on a narrow screen shows more than its head', async ({ page, seeded }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await openSeeded(page, seeded, '/requests')
  await page.getByRole('row').nth(2).click()
  const detail = page.getByRole('complementary')
  await expect(detail.getByText('Authenticate')).toBeInViewport()
  const [frame, first] = [await detail.boundingBox(), await detail.getByText('Authenticate').boundingBox()]
  expect((frame?.y ?? 0) + (frame?.height ?? 0) - (first?.y ?? 0)).toBeGreaterThanOrEqual(120)
  await detail.getByRole('tab', { name: 'Response', exact: true }).click()
  const choice = await detail.getByRole('radiogroup').boundingBox()
  const body = await detail.locator('pre').boundingBox()
  expect(body?.y, 'no button lies on the text').toBeGreaterThanOrEqual((choice?.y ?? 0) + (choice?.height ?? 0))
})

for (const colorScheme of schemes)
  test(`axe finds nothing wrong in what opens from people, groups and attributes in the ${colorScheme} theme`, async ({
    browser,
    seeded,
  }) => {
    test.slow()
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const check = (what: string) => test.step(what, async () => expect(await problemsIn(page)).toEqual([]))
    await openSeeded(page, seeded, '/users?q=moss')
    await page.getByRole('row', { name: /Ana Moss/ }).click()
    const detail = page.getByRole('complementary', { name: 'Ana Moss' })
    await expect(detail.getByText('displayName')).toBeVisible()
    expect(
      await contrastOf('borderTopColor', page.getByRole('textbox', { name: /^Search/ })),
      'a field',
    ).toBeGreaterThanOrEqual(3)
    await check('a person')
    for (const tab of ['Groups', 'History', 'SCIM']) {
      await detail.getByRole('link', { name: new RegExp(`^${tab}`) }).click()
      await expect(detail.getByRole('link', { name: new RegExp(`^${tab}`) })).toHaveAttribute('aria-current', 'page')
      await check(tab)
    }
    await page.getByRole('checkbox', { name: 'Select Ana Moss' }).check()
    await page.getByRole('button', { name: 'Archive', exact: true }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    await check('a question about many')
    await page.keyboard.press('Escape')
    await detail.getByRole('link', { name: 'Edit', exact: true }).click()
    await page.getByRole('button', { name: 'Edit it all the same' }).click()
    await expect(page.getByRole('textbox', { name: 'userName' })).toBeVisible()
    await check('a form')
    await page.goto(`${seeded.origin}/groups`)
    await page.getByRole('row', { name: /^Engineering/ }).click()
    await page.getByRole('button', { name: 'Add members' }).click()
    await expect(page.getByRole('dialog').getByRole('checkbox').first()).toBeVisible()
    await check('members to be added')
    await page.goto(`${seeded.origin}/users/import`)
    await page.getByLabel('CSV file').setInputFiles({
      name: 'people.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('userName,active\nnew@example.com,true\nbad@example.com,maybe\n'),
    })
    await expect(page.getByText('1 cannot be imported')).toBeVisible()
    await check('the preview of an import')
    await page.goto(`${seeded.origin}/users/00000000-0000-4000-8000-000000000000`)
    await expect(page.getByText('There is no such person')).toBeVisible()
    await check('somebody who is not there')
    await context.close()
  })

for (const colorScheme of schemes)
  test(`what a field holds that cannot be changed now is read in the ${colorScheme} theme, and so is a button that has nothing to do`, async ({
    page,
    seeded,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await openSeeded(page, seeded, '/settings/endpoint')
    const port = page.getByRole('textbox', { name: 'Port' })
    await expect(port).toBeDisabled()
    await expect(port).toHaveCSS('opacity', '1')
    expect(await contrastOf('color', port), 'the port').toBeGreaterThanOrEqual(4.5)
    const save = page.getByRole('button', { name: 'Save the address' })
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    expect(await contrastOf('color', save), 'the button').toBeGreaterThanOrEqual(3)
  })

test('in forced colours what is on, chosen and open is told from what is not', async ({ page, seeded }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await openSeeded(page, seeded)
  await goTo(page, '/integrations/entra-id-production/policy')
  const track = (name: string) =>
    page.getByRole('switch', { name: new RegExp(`^${name}`) }).locator('xpath=following-sibling::*[1]')
  const background = (name: string) => track(name).evaluate(backgroundOf)
  await expect(track('Create')).toHaveCSS('border-top-style', 'solid')
  expect(await background('Create')).not.toBe(await background('Strict'))
  await expect(page.getByRole('link', { name: 'Policy', exact: true })).toHaveCSS('outline-style', 'solid')
  await expect(page.getByRole('link', { name: 'Tokens', exact: true })).toHaveCSS('outline-style', 'none')
  const save = page.getByRole('button', { name: 'Save the policy' })
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await expect(save).not.toHaveCSS('color', await page.locator('body').evaluate((body) => getComputedStyle(body).color))
  await goTo(page, '/users')
  await page.getByRole('row', { name: /Ana Moss/ }).click()
  const cell = (name: RegExp) => page.getByRole('row', { name }).getByRole('cell').last()
  await expect(cell(/Ana Moss/)).toHaveCSS('border-top-width', '2px')
  await expect(cell(/Bilal Haddad/)).toHaveCSS('border-top-width', '0px')
  await goTo(page, '/conversion/preview/latest?outcome=conflicts')
  await expect(page.getByRole('link', { name: /^Conflicts/ })).toHaveCSS('outline-style', 'solid')
  await goTo(page, '/status/entra-id-production')
  const mark = page.getByRole('figure', { name: 'Cycles over time' }).getByRole('link').first()
  await expect(mark).not.toHaveCSS('background-color', await page.locator('body').evaluate(backgroundOf))
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await page.keyboard.type('users')
  await expect(palette.locator('[data-selected]')).toHaveCSS('outline-style', 'solid')
  const sides = await palette.evaluate((dialog) => getComputedStyle(dialog).borderLeftWidth)
  expect(sides, 'the edge of a dialog').toBe('2px')
  await page.keyboard.press('Escape')
  await goTo(page, '/')
  const sample = (words: RegExp) => page.getByText(words).locator('span').first().evaluate(backgroundOf)
  expect(await sample(/^[\d,]+ requests$/)).not.toBe(await sample(/^[\d,]+ failures$/))
})

test('whoever asks for more contrast gets lines and quiet words as dark as the text', async ({ page, seeded }) => {
  await page.emulateMedia({ contrast: 'more' })
  await openSeeded(page, seeded, '/users')
  const text = await page.locator('body').evaluate((body) => getComputedStyle(body).color)
  await expect(page.getByRole('cell').first()).toHaveCSS('border-bottom-color', text)
  await expect(page.getByRole('columnheader', { name: 'Name', exact: true })).toHaveCSS('color', text)
  await expect(page.getByRole('textbox', { name: /^Search/ })).toHaveCSS('border-top-color', text)
})

test('the log is printed beyond what is in sight', async ({ page, seeded }) => {
  await openSeeded(page, seeded, '/requests')
  const rows = page.getByRole('grid').getByRole('row')
  await expect(rows.last()).toBeVisible()
  await expect(page.getByText(/^500 in view/)).toBeVisible()
  expect(await rows.count()).toBeLessThan(80)
  // While the browser tells of it, the page is drawn.
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  expect(await rows.count()).toBe(501)
  await page.emulateMedia({ media: 'print' })
  const tops = await rows.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top))
  expect(tops.every((top, n) => n === 0 || top > (tops[n - 1] ?? 0))).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect.poll(() => rows.count()).toBeLessThan(80)
})

test('what is printed of a request is all of it and nothing else, dark on white', async ({ page, seeded }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await openSeeded(page, seeded, '/requests')
  await page
    .getByRole('row', { name: /Create user/ })
    .first()
    .click()
  const detail = page.getByRole('complementary')
  await detail.getByRole('tab', { name: 'Request', exact: true }).click()
  await expect(detail.getByText('userName')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('navigation', { name: 'Areas' })).toBeHidden()
  await expect(page.getByRole('grid')).toBeHidden()
  const cutOff = await page.evaluate(() =>
    [...document.querySelectorAll('main, main *')]
      .filter(
        (each) => each.checkVisibility() && ['auto', 'scroll', 'hidden'].includes(getComputedStyle(each).overflowY),
      )
      .filter((each) => each.scrollHeight > each.clientHeight + 1 && each.clientHeight > 1)
      .map((each) => each.outerHTML.slice(0, 160)),
  )
  expect(cutOff).toEqual([])
  const root = page.locator('html')
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark')
})
