import type { Page } from '@playwright/test'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople } from './people.ts'

const told = 'Entra ID has been deleted since you began'

/** Goes on by a link, although something is not saved. */
async function leaveBy(page: Page, link: string): Promise<void> {
  await page.getByRole('link', { name: link, exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave' }).click()
}

test('a policy that is being changed stays when its integration is deleted elsewhere', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running, '/integrations/entra-id/policy')
  const matching = page.getByRole('textbox', { name: 'Matching attribute' })
  await matching.fill('externalId')
  await running.rollcall('integrations', 'delete', 'entra-id', '--yes')
  await expect(page.getByText(told)).toBeVisible()
  await expect(matching).toHaveValue('externalId')
  await expect(matching).toBeFocused()
  await expect(page.getByRole('button', { name: 'Pause' })).toBeDisabled()
  await expect(page.getByRole('button', { name: 'More about Entra ID' })).toBeDisabled()
  await page.getByRole('button', { name: 'Save the policy' }).click()
  await expect(page.getByText('Nothing was saved.')).toBeVisible()
  await expect(matching).toHaveValue('externalId')
  await leaveBy(page, 'Tokens')
  await expect(page.getByText('There is no integration “entra-id”')).toBeVisible()
})

test('a new name stays when its integration is deleted elsewhere', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running, '/integrations/entra-id')
  await page.getByRole('button', { name: 'More about Entra ID' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  const dialog = page.getByRole('dialog', { name: 'Rename Entra ID' })
  const name = dialog.getByRole('textbox', { name: 'Name' })
  await name.fill('Production')
  await running.rollcall('integrations', 'delete', 'entra-id', '--yes')
  await expect(dialog.getByText(told)).toBeVisible()
  await expect(name).toHaveValue('Production')
  await expect(name).toBeFocused()
  await expect(dialog.getByRole('button', { name: 'Rename it' })).toBeDisabled()
})

test('a welcome mail that is being written stays when its integration is deleted elsewhere', async ({
  page,
  running,
}) => {
  await connectEntra(running)
  await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  await openConsole(page, running, '/notifications/welcome')
  const chosen = page.getByRole('combobox', { name: 'Whom this integration creates' })
  await expect(chosen).toHaveValue('Entra ID')
  const subject = page.getByRole('textbox', { name: 'Subject' })
  await subject.fill('Good morning')
  await running.rollcall('integrations', 'delete', 'entra-id', '--yes')
  await expect(page.getByText(told)).toBeVisible()
  await expect(subject).toHaveValue('Good morning')
  await expect(chosen).toHaveValue('Entra ID')
  await leaveBy(page, 'Rules')
  await page.getByRole('link', { name: 'Welcome mail' }).click()
  await expect(chosen).toHaveValue('Okta')
})

test('an attribute that is removed while a person is edited says so, with what was typed, and keeps nobody from saving', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,'])
  await running.rollcall('attributes', 'add', 'costBucket', '--type', 'string')
  await running.rollcall('attributes', 'add', 'badge', '--type', 'string')
  await openConsole(page, running, '/users')
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await page.getByRole('textbox', { name: 'costBucket' }).fill('ACME-7')
  await page.getByRole('textbox', { name: 'Job title' }).fill('Director')
  await running.rollcall('attributes', 'remove', 'costBucket', '--yes')
  await running.rollcall('attributes', 'remove', 'badge', '--yes')
  await expect(page.getByRole('textbox', { name: 'badge' })).toBeHidden()
  await expect(page.getByText('The attribute costBucket has been removed since you opened this form')).toBeVisible()
  await expect(page.getByText('The attribute badge has been removed')).toBeHidden()
  await expect(page.getByText('“ACME-7”')).toBeVisible()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('complementary').getByText('Director')).toBeVisible()
})
