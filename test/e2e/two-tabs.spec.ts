import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople, visit } from './people.ts'

test('what one tab saves or removes is told in the dialog of another, which keeps what was put in', async ({
  page,
  running,
}) => {
  await connectEntra(running)
  await running.rollcall('notify', 'webhooks', 'add', '--name', 'ops', '--url', 'https://hooks.example.com/old')
  const edit = (...changes: readonly string[]) => running.rollcall('notify', 'webhooks', 'edit', 'ops', ...changes)
  await openConsole(page, running, '/notifications/webhooks')
  await page.getByRole('button', { name: 'Edit the webhook ops' }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await name.fill('on call')
  await edit('--url', 'https://hooks.example.com/new')
  await expect(dialog.getByText('Somebody else has changed this since you began')).toBeVisible()
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue('https://hooks.example.com/new')
  await expect(name).toHaveValue('on call')
  await dialog.getByRole('button', { name: 'Save the webhook' }).click()
  const item = page.getByRole('list', { name: 'Webhooks' }).getByRole('listitem')
  await expect(item).toContainText('on call')
  await expect(item).toContainText('https://hooks.example.com/new')

  await page.getByRole('button', { name: 'Edit the webhook on call' }).click()
  await name.fill('night shift')
  await running.rollcall('notify', 'webhooks', 'remove', 'on call', '--yes')
  await expect(dialog.getByText('on call has been removed since you began')).toBeVisible()
  await expect(name).toHaveValue('night shift')
  await expect(dialog.getByRole('button', { name: 'Save the webhook' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()

  await visit(page, running, '/integrations/entra-id')
  const rename = async () => {
    await page.getByRole('button', { name: /^More about/ }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
  }
  await rename()
  await running.rollcall('integrations', 'rename', 'entra-id', '--name', 'Theirs')
  // Nothing was put in: it is their name that stands there.
  await expect(name).toHaveValue('Theirs')
  await name.fill('Mine')
  await running.rollcall('integrations', 'rename', 'entra-id', '--name', 'Theirs again')
  await expect(dialog.getByText('It has been renamed to Theirs again since you began')).toBeVisible()
  await expect(name).toHaveValue('Mine')
})

test('options of a conversion stay when another tab has a preview made', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,'])
  await openConsole(page, running, '/conversion')
  const domain = page.getByRole('textbox', { name: 'Domain', exact: true })
  await domain.fill('mine.example')
  const other = await page.context().newPage()
  await visit(other, running, '/conversion')
  await other.getByRole('textbox', { name: 'Domain', exact: true }).fill('theirs.example')
  await other.getByRole('button', { name: 'Preview the conversion' }).click()
  await expect(other).toHaveURL(/\/preview\//)
  await expect(page.getByText('There is a preview')).toBeVisible()
  await expect(domain).toHaveValue('mine.example')
  await page.getByRole('button', { name: 'Preview the conversion' }).click()
  await expect(page).toHaveURL(/\/preview\//)
  await expect(page.getByText('ana@mine.example')).toBeVisible()
})
