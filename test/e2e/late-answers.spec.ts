import type { Page } from '@playwright/test'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople } from './people.ts'

interface Answers {
  /** From now on no answer reaches the page. */
  hold(): void
  /** Those that have come meanwhile reach it after all, the last one first. */
  releaseReversed(): void
}

/** Stands between the page and the server; to be called before the console is opened. */
async function answersOf(page: Page): Promise<Answers> {
  let isHeld = false
  let held: (() => void)[] = []
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => server.send(message))
    server.onMessage((message) => {
      if (isHeld) held.push(() => socket.send(message))
      else socket.send(message)
    })
  })
  return {
    hold() {
      isHeld = true
    },
    releaseReversed() {
      isHeld = false
      for (const send of held.toReversed()) send()
      held = []
    },
  }
}

test('a search that has no answer yet finds nobody, nor does it find what an earlier one has found', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,', 'bo,Bo Lind,', 'cy,Cy Moss,'])
  const answers = await answersOf(page)
  await openConsole(page, running, '/users')
  const box = page.getByRole('textbox', { name: 'Search people' })
  await box.fill('moss')
  await expect(page.getByText('2 of 4 people')).toBeVisible()
  answers.hold()
  await box.fill('ana')
  await expect(page).toHaveURL(/q=ana/)
  await box.fill('lind')
  await expect(page).toHaveURL(/q=lind/)
  await expect(page.getByText('Looking through 4 people')).toBeVisible()
  await expect(page.getByText('2 of 4 people')).toBeHidden()
  answers.releaseReversed()
  await expect(page.getByText('1 of 4 people')).toBeVisible()
  await expect(page.getByRole('row', { name: /^Bo Lind/ })).toBeVisible()
  await expect(page.getByRole('row', { name: /^Ana Moss/ })).toBeHidden()

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await page.keyboard.type('moss')
  await expect(palette.getByRole('button', { name: /Cy Moss/ })).toBeVisible()
  answers.hold()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('bo')
  await page.keyboard.type(' lind')
  await expect(palette.getByText('Looking for people')).toBeVisible()
  await expect(palette.getByRole('button')).toHaveCount(0)
  await page.keyboard.press('Enter')
  answers.releaseReversed()
  await palette.getByRole('button', { name: /Bo Lind/ }).waitFor()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Bo Lind' })).toBeVisible()
  await expect(page).toHaveTitle('Bo Lind · Users · Rollcall')
})

test('while a search goes on, nobody says that it found nobody', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,', 'bo,Bo Lind,'])
  const answers = await answersOf(page)
  await openConsole(page, running, '/users')
  const box = page.getByRole('textbox', { name: 'Search people' })
  await box.fill('nemo')
  const nobody = page.getByText('Nobody is found by')
  await expect(nobody).toBeVisible()
  answers.hold()
  await box.fill('moss')
  await expect(page.getByText('Looking through 3 people')).toBeVisible()
  await expect(nobody).toBeHidden()
  answers.releaseReversed()
  await expect(page.getByRole('row', { name: /^Ana Moss/ })).toBeVisible()
})

test('whoever leaves a form while it is being saved stays there when that is done, and is told when it failed', async ({
  page,
  running,
}) => {
  await connectEntra(running)
  await importPeople(running, ['ana,Ana Moss,'])
  const answers = await answersOf(page)
  await openConsole(page, running, '/groups/new')
  const leave = async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click()
    await expect(page).toHaveURL(`${running.origin}/`)
  }
  await page.getByRole('textbox', { name: 'Name' }).fill('Staff')
  answers.hold()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Add the group' })).toBeDisabled()
  await leave()
  answers.releaseReversed()
  await expect(page.getByText('and 1 group in the directory')).toBeVisible()
  await expect(page).toHaveURL(`${running.origin}/`)

  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByRole('textbox', { name: 'userName' }).fill('ana')
  answers.hold()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Add the person' })).toBeDisabled()
  await leave()
  answers.releaseReversed()
  const told = page.getByRole('alert').filter({ hasText: 'Add a person' })
  await expect(told).toContainText('ana')
  await expect(page).toHaveURL(`${running.origin}/`)
  await told.getByRole('button', { name: 'Close' }).click()
  await expect(told).toBeHidden()
})
