import { expect, openConsole, test } from './console.ts'
import { connectEntra, visit } from './people.ts'

const urn = 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User'

test('an attribute is defined, pasted where it belongs, filled, and removed with its values', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Attributes' }).click()
  await page.getByRole('link', { name: 'Define an attribute' }).click()
  const dialog = page.getByRole('dialog', { name: 'Define an attribute of users' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('badge number')
  await dialog.getByRole('button', { name: 'Define the attribute' }).click()
  await expect(dialog.getByText('A name starts with a letter')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name' }).fill('badgeNumber')
  await expect(dialog.getByText(`${urn}:badgeNumber`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Define the attribute' }).click()

  const detail = page.getByRole('complementary', { name: 'badgeNumber' })
  await detail.getByRole('group', { name: 'Exact name' }).getByRole('button').click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${urn}:badgeNumber`)
  await expect(detail.getByText('Edit attribute list for customappsso')).toBeVisible()
  const used = page.getByRole('columnheader', { name: 'People with a value' })
  const divider = page.getByRole('separator', { name: 'Divider between list and detail' })
  const edge = await used.boundingBox()
  expect((edge?.x ?? 0) + (edge?.width ?? 0)).toBeLessThanOrEqual((await divider.boundingBox())?.x ?? 0)
  await detail.getByRole('combobox', { name: 'Identity provider' }).click()
  await page.getByRole('option', { name: 'Okta' }).click()
  await detail.getByRole('group', { name: 'External name', exact: true }).getByRole('button').click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('badgeNumber')
  await detail.getByRole('group', { name: 'External namespace' }).getByRole('button').click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(urn)
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('forbidden', 'NotAllowedError'))
  })
  await detail.getByRole('group', { name: 'Exact name' }).getByRole('button').press('Enter')
  await expect(page.getByRole('tooltip', { name: 'Select it and press Ctrl+C' })).toBeVisible()
  await expect(detail.getByText('Exact name not copied. Select it and press Ctrl+C')).toBeAttached()

  await expect(async () => {
    const made = await entra.post('/Users', { userName: `ana${Date.now()}`, [urn]: { badgeNumber: 'A7' } })
    expect(made.at(`/${urn}/badgeNumber`)).toBe('A7')
  }).toPass()
  await visit(page, running, '/attributes/badgeNumber')
  await expect(detail.getByText('1 person')).toBeVisible()
  await detail.getByRole('button', { name: 'Remove the attribute' }).click()
  const question = page.getByRole('dialog', { name: 'Remove badgeNumber from everybody?' })
  await expect(question.getByRole('button', { name: 'Remove badgeNumber and 1 value' })).toBeDisabled()
  await question.getByLabel('Type badgeNumber to confirm').fill('badgeNumber')
  await question.getByRole('button', { name: 'Remove badgeNumber and 1 value' }).click()
  await expect(page.getByText('No custom attribute yet')).toBeVisible()
  expect((await entra.get('/Users')).text).not.toContain('A7')
})
