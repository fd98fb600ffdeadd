import { expect, openConsole, test } from './console.ts'
import { connectEntra, visit } from './people.ts'

test('a dialog that stands in the address costs no step on the way back once it is closed', async ({
  page,
  running,
}) => {
  test.slow()
  await connectEntra(running)
  await running.rollcall('notify', 'webhooks', 'add', '--name', 'ops', '--url', 'https://hooks.example.com')
  await openConsole(page, running, '/settings/backups')
  await page.getByRole('button', { name: 'Write a backup now' }).click()
  const dialog = page.getByRole('dialog')
  const cases = [
    ['/integrations/entra-id/tokens', page.getByRole('button', { name: 'Rotate the token' })],
    ['/notifications/webhooks', page.getByRole('button', { name: 'Add a webhook' })],
    ['/notifications/webhooks', page.getByRole('button', { name: 'Edit the webhook ops' })],
    ['/attributes', page.getByRole('link', { name: 'Define an attribute' })],
    ['/settings/backups', page.getByRole('button', { name: 'Look or restore' })],
  ] as const
  for (const [path, opener] of cases)
    await test.step(`${path} ${String(opener)}`, async () => {
      await visit(page, running, '/help')
      await visit(page, running, path)
      await opener.click()
      await expect(dialog).toBeVisible()
      // A reload keeps it open, and what it stands on.
      await page.reload()
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await expect(dialog).toBeHidden()
      await expect(page).toHaveURL(running.origin + path)
      await opener.click()
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
      await expect(page).toHaveURL(running.origin + path)
      await page.goBack()
      await expect(page).toHaveURL(`${running.origin}/help`)
      await page.goForward()
      await expect(opener).toBeVisible()
      await expect(dialog).toBeHidden()
    })
})

test('a dialog that was opened from elsewhere leaves the way back to there, also after its question', async ({
  page,
  running,
}) => {
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.evaluate(() => history.pushState(null, '', '/attributes/new'))
  const dialog = page.getByRole('dialog', { name: 'Define an attribute of users' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${running.origin}/attributes`)

  await page.getByRole('link', { name: 'Define an attribute' }).click()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('badge')
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  await page.goBack()
  await question.getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${running.origin}/attributes`)
  await page.goBack()
  await expect(page).toHaveURL(`${running.origin}/users`)
})

test('a dialog that the palette opens over its own screen costs no step on the way back either', async ({
  page,
  running,
}) => {
  await connectEntra(running)
  await openConsole(page, running, '/help')
  await page.evaluate(() => history.pushState(null, '', '/integrations/entra-id/tokens'))
  await expect(page.getByRole('button', { name: 'Rotate the token' })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('rotate')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: /Rotate the token/ })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${running.origin}/integrations/entra-id/tokens`)
  await page.goBack()
  await expect(page).toHaveURL(/\/help/)
})
