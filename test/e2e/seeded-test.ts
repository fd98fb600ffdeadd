import { test as base, type Page } from '@playwright/test'
import { routes } from '../../src/renderer/app/routes.ts'
import { openConsole, type RunningConsole } from './console.ts'
import { startSeededConsole } from './seeded-console.ts'

/** Tests of one worker share a console as it looks in use. */
export const test = base.extend<object, { readonly seeded: RunningConsole }>({
  seeded: [
    async ({}, use) => {
      const seeded = await startSeededConsole()
      await use(seeded)
      await seeded.stop()
    },
    // A dozen commands, each a process of its own, make it: on a busy machine they take longer than a test may.
    { scope: 'worker', timeout: 240_000 },
  ],
})

/** Opens the console in a page, on the overview or on another screen, with a key of its own. */
export async function openSeeded(page: Page, seeded: RunningConsole, path = '/'): Promise<void> {
  const told = await seeded.rollcall('console', 'url')
  const key = /#k=([\w-]+)/.exec(JSON.stringify(told))?.[1] ?? ''
  await openConsole(page, { link: `${seeded.origin}/#k=${key}` }, path)
}

/** An example of every screen, by its address. */
export const screens = routes.flatMap(({ examples }) => Object.values(examples))

/** Goes to a screen as a link of the console does, without loading the page anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
}

/** Resolves once what has changed of the look is drawn, transitions of it included: in between, colours are neither the old nor the new. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    )
    await frame()
  })
}

/** Resolves once a screen has what it waited for and stands still: nothing has been drawn for a tenth of a second, or only a clock for two. */
export async function untilStill(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const still = 100
        let timer = setTimeout(resolve, still)
        const observer = new MutationObserver(() => {
          clearTimeout(timer)
          timer = setTimeout(resolve, still)
        })
        observer.observe(document.body, { subtree: true, childList: true, characterData: true })
        setTimeout(resolve, 2000)
      }),
  )
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' })
}
