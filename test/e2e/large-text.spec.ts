import { chromium, type Page } from '@playwright/test'
import { headlessShellPath } from '../../tools/chromium.mjs'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople } from './people.ts'
import { goTo, untilStill } from './seeded-test.ts'

/** Buttons that are not wholly in the window, and those that cut off what is written on them. */
function lost(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'header button, header a, main button:not(table *, [role=grid] *), main a.mantine-Button-root',
      ),
    ]
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches('[data-direction]'))
      .filter((each) => {
        const { left, right } = each.getBoundingClientRect()
        const isCut = [each, ...each.querySelectorAll('*')].some((part) => {
          const { overflowX, clipPath } = getComputedStyle(part)
          // What is clipped is for screen readers alone.
          return overflowX === 'hidden' && clipPath === 'none' && part.scrollWidth > part.clientWidth + 1
        })
        return left < -1 || right > innerWidth + 1 || isCut
      })
      .map((each) => each.getAttribute('aria-label') ?? each.textContent),
  )
}

test('text of twice the size that is set in the browser of a phone leaves every button in the window and its words whole', async ({
  running,
}) => {
  await connectEntra(running)
  await importPeople(running, ['ana,Ana Moss,'])
  // A size that is set in the browser counts in queries of its width as well, which one that a page sets does not.
  const browser = await chromium.launch({
    executablePath: headlessShellPath(),
    args: ['--disable-gpu', '--blink-settings=defaultFontSize=32'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } })
    await openConsole(page, running)
    for (const path of [
      '/',
      '/integrations',
      '/integrations/entra-id/tokens',
      '/requests',
      '/users',
      '/groups',
      '/notifications/mail',
      '/settings/backups',
      '/settings/endpoint',
      '/diagnosis',
    ])
      await test.step(path, async () => {
        await goTo(page, path)
        await untilStill(page)
        expect.soft(await lost(page), path).toEqual([])
      })
  } finally {
    await browser.close()
  }
})
