import type { Page } from '@playwright/test'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { group, user } from '../people.ts'
import { expect, openConsole, startConsole } from './console.ts'
import { goTo, openSeeded, screens, test, untilDrawn, untilStill } from './seeded-test.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** A screen is left by the Tab key after so many stops at the latest. */
const mostStops = 250

/** What is in motion for longer than a moment, or for ever, by the beginning of its markup. */
function moving(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().endTime) > 1)
      .map(({ effect }) => (effect instanceof KeyframeEffect ? effect.target?.outerHTML.slice(0, 160) : '') ?? ''),
  )
}

/** Changes of a look are seen at once, and not at the end of a transition. */
function withoutTransitions(page: Page): Promise<void> {
  return page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('*, *::before, *::after { transition: none !important }')
    document.adoptedStyleSheets.push(sheet)
  })
}

/** Numbers every control that can be pressed or filled in with a mouse. */
function markControls(page: Page): Promise<void> {
  return page.evaluate(() => {
    const controls = document.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=checkbox], [role=switch], [role=menuitem]',
    )
    let n = 0
    for (const control of controls) {
      // A field's steps up and down are its arrow keys, and a field for files has a button beside it.
      const hasOtherWay = control.matches('[data-direction], .unseen')
      const isShown = control.checkVisibility({ visibilityProperty: true })
      if (hasOtherWay || !isShown || control.matches(':disabled, [aria-hidden=true] *, [inert] *')) continue
      control.dataset['stop'] = String(n++)
    }
  })
}

interface Stop {
  /** The number of the control; empty for what can have the focus and is none. */
  readonly number: string
  readonly html: string
  /** Whether it, or what stands around it, is drawn in another way than without the focus. */
  readonly isMarked: boolean
}

/** What has the focus; undefined behind the end of the page. */
function focused(page: Page): Promise<Stop | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!(element instanceof HTMLElement) || element === document.body) return undefined
    const parent = element.parentElement
    const around = [element, element.nextElementSibling, parent, parent?.parentElement].filter(
      (each) => each instanceof HTMLElement,
    )
    const look = () =>
      around
        .map((each) => getComputedStyle(each))
        .map(({ outline, boxShadow, borderColor, backgroundColor }) => [
          outline,
          boxShadow,
          borderColor,
          backgroundColor,
        ])
        .join()
    const withFocus = look()
    element.blur()
    const without = look()
    element.focus({ preventScroll: true })
    return {
      number: element.dataset['stop'] ?? '',
      html: element.outerHTML.slice(0, 160),
      isMarked: withFocus !== without,
    }
  })
}

/** Goes from the top of the page to its end with the Tab key. */
async function walk(page: Page) {
  const reached = new Set<string>()
  const unmarked: string[] = []
  await page.evaluate(() => {
    document.body.tabIndex = -1
    document.body.focus()
    document.body.removeAttribute('tabindex')
  })
  for (let n = 0; n < mostStops; n++) {
    await page.keyboard.press('Tab')
    const stop = await focused(page)
    if (stop === undefined || reached.has(stop.number)) break
    if (stop.number === '') continue
    reached.add(stop.number)
    if (!stop.isMarked) unmarked.push(stop.html)
  }
  return { reached, unmarked }
}

/** Controls that the Tab key has not reached; of a group in which the arrow keys move, one is enough. */
function unreached(page: Page, reached: ReadonlySet<string>): Promise<readonly string[]> {
  return page.evaluate(
    (stops) => {
      const isReached = (each: Element) => each instanceof HTMLElement && stops.includes(each.dataset['stop'] ?? '-')
      const isInReachedGroup = (each: Element) => {
        const composite = each.closest(
          '[role=tablist], [role=radiogroup], [role=toolbar], [role=menu], [role=grid], figure',
        )
        return composite !== null && [...composite.querySelectorAll('[data-stop]')].some(isReached)
      }
      return [...document.querySelectorAll('[data-stop]')]
        .filter((each) => !isReached(each) && !isInReachedGroup(each))
        .map((each) => each.outerHTML.slice(0, 160))
    },
    [...reached],
  )
}

test('every screen is worked by the Tab key, shows where the focus is, and keeps still for whoever asks for it', async ({
  page,
  seeded,
}) => {
  test.slow()
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openSeeded(page, seeded)
  await withoutTransitions(page)
  for (const path of screens)
    await test.step(path, async () => {
      await goTo(page, path)
      expect.soft(await moving(page), `moves on ${path} while it loads`).toEqual([])
      await untilStill(page)
      expect.soft(await moving(page), `moves on ${path}`).toEqual([])
      await markControls(page)
      const { reached, unmarked } = await walk(page)
      expect.soft(await unreached(page, reached), `not reached on ${path}`).toEqual([])
      expect.soft(unmarked, `not marked as focused on ${path}`).toEqual([])
    })
})

interface Sideways {
  /** What scrolls sideways and is neither the frame of a table nor a bar of tabs nor code. */
  readonly parts: readonly string[]
  /** Tables of which the first column leaves, or the last cannot be reached, when their frame is scrolled to its end. */
  readonly tables: readonly string[]
}

/** What does not fit the width of the screen. */
function sideways(page: Page): Promise<Sideways> {
  return page.evaluate(() => {
    const isScroller = (each: Element) => /auto|scroll/.test(getComputedStyle(each).overflowX)
    const wide = [...document.querySelectorAll('main, main *, [role=dialog] *')]
      .filter(isScroller)
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
    const isTableFrame = (each: Element) => each.firstElementChild?.matches('table') === true
    const staysReadable = (frame: Element) => {
      frame.scrollLeft = frame.scrollWidth
      const box = frame.getBoundingClientRect()
      const isFit = [...frame.querySelectorAll('tr:not([aria-hidden])')].every((row) => {
        const cells = [...row.children].map((cell) => cell.getBoundingClientRect())
        const first = cells.find(({ width }) => width > 40)
        const last = cells.at(-1)
        return (
          first !== undefined &&
          last !== undefined &&
          first.left >= box.left - 1 &&
          first.right <= box.left + box.width * 0.65 &&
          last.right <= box.right + 1
        )
      })
      frame.scrollLeft = 0
      return isFit
    }
    const markup = (each: Element) => each.outerHTML.slice(0, 160)
    return {
      parts: wide.filter((each) => !isTableFrame(each) && !each.matches('nav, pre, [role=tablist]')).map(markup),
      tables: wide.filter((each) => isTableFrame(each) && !staysReadable(each)).map(markup),
    }
  })
}

test('no screen makes the window of a phone scroll, and each shows which of its parts is open and where there is more of it', async ({
  page,
  seeded,
}) => {
  test.slow()
  await page.setViewportSize({ width: 390, height: 844 })
  await openSeeded(page, seeded)
  for (const path of screens)
    await test.step(path, async () => {
      await goTo(page, path)
      await untilStill(page)
      await untilDrawn(page)
      const seen = await page.evaluate(() => ({
        width: document.documentElement.scrollWidth,
        height: document.documentElement.scrollHeight,
        upAndDown: [...document.querySelectorAll('main nav')].filter((bar) => bar.scrollHeight > bar.clientHeight)
          .length,
        hidden: [...document.querySelectorAll('main nav [aria-current=page]')]
          .filter((tab) => tab.checkVisibility())
          .map((tab) => tab.getBoundingClientRect())
          .filter(({ left, right }) => left < -1 || right > innerWidth + 1).length,
        // What has more at a side, and does not show it.
        unmarked: [...document.querySelectorAll('main nav, main :has(> table)')]
          .filter((part) => ['auto', 'scroll'].includes(getComputedStyle(part).overflowX))
          .filter((part) => part.scrollWidth > part.clientWidth + 1)
          .filter((part) => getComputedStyle(part).maskImage === 'none')
          .map((part) => part.getAttribute('aria-label') ?? part.firstElementChild?.getAttribute('aria-label')),
      }))
      expect.soft(seen, path).toEqual({ width: 390, height: 844, upAndDown: 0, hidden: 0, unmarked: [] })
      expect.soft(await sideways(page), `sideways on ${path}`).toEqual({ parts: [], tables: [] })
    })
})

/** How many tables scroll sideways. */
function wideTables(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      [...document.querySelectorAll('main table')].filter(
        ({ parentElement: frame }) => frame !== null && frame.scrollWidth > frame.clientWidth + 1,
      ).length,
  )
}

test('a list whose rows lead to all of it leaves columns out rather than scroll sideways', async ({ page, seeded }) => {
  const lists = [
    '/users',
    '/users?archived=1',
    '/groups',
    '/integrations',
    '/integrations/entra-id-production/requests',
    '/status/entra-id-production',
    '/attributes',
    '/conversion/jobs',
    '/conversion/preview/latest',
    // These tell all by themselves, and fit all the same.
    '/integrations/entra-id-production/tokens',
    '/settings/access',
    '/notifications/outbox',
  ]
  await openSeeded(page, seeded)
  for (const path of lists)
    await test.step(path, async () => {
      await goTo(page, path)
      await untilStill(page)
      await expect(page.locator('main tbody tr').or(page.getByText('Nobody is archived')).first()).toBeVisible()
      for (const width of [1280, 1024, 920, 768]) {
        await page.setViewportSize({ width, height: 800 })
        await expect.poll(() => wideTables(page), `${path} at ${width} px`).toBe(0)
      }
    })
  await goTo(page, '/users')
  const head = page.getByRole('table', { name: 'People' }).getByRole('columnheader')
  await expect(head).toHaveText(['', 'userName', 'Name', 'State'])
  await page.setViewportSize({ width: 1440, height: 800 })
  await expect(head).toHaveText(['', 'userName', 'Name', 'State', 'Role', 'Source', 'Changed'])
})

test('the outbox of a usual window shows what can be done about each message', async ({ page, seeded }) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await openSeeded(page, seeded, '/notifications/outbox')
  await expect(page.getByRole('button', { name: /^Throw away message/ }).first()).toBeVisible()
  await expect.poll(() => wideTables(page)).toBe(0)
})

test('what stands in a table of a panel begins below the title of the panel', async ({ page, seeded }) => {
  await openSeeded(page, seeded)
  for (const path of ['/integrations/entra-id-production/attributes', '/settings/access', '/notifications/outbox'])
    await test.step(path, async () => {
      await goTo(page, path)
      const panel = page
        .locator('main section')
        .filter({ has: page.locator('tbody tr') })
        .first()
      await expect(panel).toBeVisible()
      await untilStill(page)
      const edges = await panel.evaluate((section) => {
        const left = (part: Element | null) => {
          const range = document.createRange()
          if (part) range.selectNodeContents(part)
          return Math.round(range.getBoundingClientRect().left)
        }
        return { title: left(section.querySelector('h2')), column: left(section.querySelector('th')) }
      })
      expect(edges.column, path).toBe(edges.title)
    })
})

test('the steps of a conversion stand on one line, done or not', async ({ page, seeded }) => {
  await openSeeded(page, seeded, '/conversion/preview/latest')
  const steps = page.getByRole('list', { name: 'Steps' }).getByRole('listitem')
  await expect(steps).toHaveCount(4)
  const middles = await steps.evaluateAll((items) =>
    items
      .map((item) => item.querySelector('[aria-hidden]')?.getBoundingClientRect())
      .map((mark) => Math.round(((mark?.top ?? 0) + (mark?.bottom ?? 0)) / 2)),
  )
  expect(new Set(middles).size, middles.join(', ')).toBe(1)
})

test('long names make no screen of a phone scroll sideways', async ({ page }) => {
  test.slow()
  const running = await startConsole()
  try {
    const name = 'Donaudampfschifffahrtsgesellschaftskapitaen'.repeat(2)
    const { slug, token } = Created.parse(
      await running.rollcall('integrations', 'create', '--name', name, '--idp', 'entra'),
    )
    const entra = createClient(`${running.scim}/${slug}/v2`, token)
    const userName = `${name.toLowerCase()}@example.com`
    const person = await entra.create('/Users', user({ userName, displayName: name, title: name }))
    const team = await entra.create('/Groups', group(name, [person]))
    await entra.post('/Users', user({ userName, displayName: name }))
    await page.setViewportSize({ width: 390, height: 844 })
    await openConsole(page, running)
    const tabs = ['', '/setup', '/tokens', '/attributes', '/policy', '/requests']
    const paths = [
      '/',
      '/integrations',
      '/requests',
      '/requests/1',
      '/users',
      '/groups',
      '/status',
      ...['', '/edit', '/groups', '/history', '/scim'].map((tab) => `/users/${person}${tab}`),
      ...['', '/edit', '/attributes', '/history', '/scim'].map((tab) => `/groups/${team}${tab}`),
      ...tabs.map((tab) => `/integrations/${slug}${tab}`),
      `/status/${slug}`,
      `/status/${slug}/cycles/newest`,
    ]
    for (const path of paths)
      await test.step(path, async () => {
        await goTo(page, path)
        await untilStill(page)
        expect.soft(await sideways(page), `sideways on ${path}`).toEqual({ parts: [], tables: [] })
        const head = page.getByRole('complementary').getByRole('heading', { name })
        if (await head.isVisible())
          expect
            .soft(
              await head.evaluate(
                (each) => each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight,
              ),
              `the whole name on ${path}`,
            )
            .toBe(true)
      })
  } finally {
    await running.stop()
  }
})

/** What is cut off, and not merely shortened: the labels of buttons and of states, and times, which nothing else on the screen tells. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll('main button, main td > div:has([data-meaning]), main td > div:has(> .tabular)'),
      ...document.querySelectorAll('main [role=gridcell]:nth-child(2), main [role=gridcell]:has([data-meaning])'),
    ]
      .flatMap((each) => [each, ...each.querySelectorAll('*')])
      .filter((each) => getComputedStyle(each).overflowX === 'hidden' && each.scrollWidth > each.clientWidth + 2)
      .map((each) => `${each.textContent}: ${each.clientWidth} of ${each.scrollWidth} px`),
  )
}

test('wider letters and words cut off no button and no state (WCAG 1.4.12)', async ({ page, seeded }) => {
  test.slow()
  await openSeeded(page, seeded)
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    )
    document.adoptedStyleSheets.push(sheet)
  })
  for (const path of [
    '/users',
    '/notifications/outbox',
    '/settings/access',
    '/integrations/entra-id-production/requests',
  ])
    await test.step(path, async () => {
      await goTo(page, path)
      await untilStill(page)
      await expect(page.locator('main td').first()).toBeVisible()
      expect.soft(await cutOff(page), path).toEqual([])
    })
})

test('a larger size of text that is set in the browser cuts off no time, no button and no state (WCAG 1.4.4)', async ({
  page,
  seeded,
}) => {
  await openSeeded(page, seeded)
  // As the browser does it: whatever is given in rem follows.
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '24px'))
  for (const path of ['/integrations', '/requests', '/notifications/outbox'])
    await test.step(path, async () => {
      await goTo(page, path)
      await untilStill(page)
      await expect(page.locator('main :is(td, [role=gridcell])').first()).toBeVisible()
      expect.soft(await cutOff(page), path).toEqual([])
    })
})

test('the log of a screen that is enlarged to 400 % has all its columns in sight', async ({ page, seeded }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await openSeeded(page, seeded, '/requests')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  const sides = await page.getByRole('grid').evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }))
  expect(sides.scrollWidth).toBeLessThanOrEqual(sides.clientWidth)
})
