import { expect, openConsole, test } from './console.ts'
import { connectEntra } from './people.ts'

test('what is typed into a field for a number stays, and is refused beside the field, in whatever form it stands', async ({
  page,
  running,
}) => {
  test.slow()
  await connectEntra(running)
  await openConsole(page, running)
  page.on('dialog', (dialog) => void dialog.accept())
  const fields = [
    ['/settings/endpoint', 'Requests a second of each integration', 'Save the limit', /from 0 to 100,000, or nothing/],
    ['/settings/endpoint', 'Largest request', 'Save the size', /from 1 to 32, or nothing/],
    ['/settings/log', 'Days', 'Save', /from 1 to 9,999/],
    ['/settings/log', 'Size at most', 'Save', /from 1 to 999,999/],
    ['/integrations/entra-id/policy', 'Requests a second at most', 'Save the policy', /from 0 to 100,000/],
    ['/status/entra-id', 'Users you expect', 'Save the number', /from 1 to 10,000,000, or nothing/],
  ] as const
  for (const [path, label, action, refusal] of fields)
    await test.step(label, async () => {
      await page.goto(running.origin + path)
      const field = page.getByLabel(label)
      await field.press('Control+A')
      await field.pressSequentially('1e1')
      await page.getByRole('button', { name: action, exact: true }).click()
      await expect(field).toHaveValue('1e1')
      await expect(field).toHaveAccessibleDescription(refusal)
      await expect(field).toBeFocused()
      await field.press('Control+A')
      await field.pressSequentially('11')
      await expect(field).not.toHaveAccessibleDescription(refusal)
      await field.press('ArrowUp')
      await page.getByRole('button', { name: action, exact: true }).click()
      await expect(page.getByRole('button', { name: action, exact: true })).toBeDisabled()
      await page.reload()
      await expect(field).toHaveValue('12')
    })
})

test('a number with too many digits is refused, and not made smaller', async ({ page, running }) => {
  await openConsole(page, running, '/settings/log')
  const days = page.getByLabel('Days')
  await days.fill('99999')
  await days.press('Tab')
  await expect(days).toHaveValue('99999')
  await days.press('Enter')
  await expect(days).toHaveAccessibleDescription(/A whole number from 1 to 9,999\./)
})
