import type { Locator } from '@playwright/test'
import { expect, openConsole, test } from './console.ts'
import { connectEntra } from './people.ts'

/** Presses a button twice; the second press waits in the browser's queue already while the first is heard. */
async function pressTwice(button: Locator): Promise<void> {
  await button.evaluate(async (each: HTMLButtonElement) => {
    const { port1, port2 } = new MessageChannel()
    const second = new Promise((resolve) => {
      port1.addEventListener('message', () => resolve(each.click()))
    })
    port1.start()
    port2.postMessage('press')
    each.click()
    await second
  })
}

test('what is pressed twice in a row is done once', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running, '/attributes/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('badge')
  await pressTwice(page.getByRole('button', { name: 'Define the attribute' }))
  await expect(page.getByRole('complementary', { name: 'badge' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.goto(`${running.origin}/integrations/entra-id/tokens?rotate`)
  await pressTwice(page.getByRole('button', { name: 'Issue the new token' }))
  await expect(page.getByRole('button', { name: 'Copy Token' })).toBeVisible()
  await expect(page).toHaveURL(/\/tokens$/)
  expect(await running.rollcall('tokens', 'list', 'entra-id')).toHaveLength(2)

  await page.goto(`${running.origin}/notifications/webhooks?add=`)
  await page.getByRole('textbox', { name: 'Name' }).fill('on call')
  await page.getByRole('textbox', { name: 'URL' }).fill('https://hooks.example.com')
  await pressTwice(page.getByRole('dialog').getByRole('button', { name: 'Add the webhook' }))
  await expect(page).toHaveURL(/\/webhooks$/)
  await expect(page.getByRole('dialog')).toHaveAccessibleName('Secret of the webhook on call')
})
