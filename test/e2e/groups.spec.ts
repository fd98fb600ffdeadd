import { group, user } from '../people.ts'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople, visit } from './people.ts'

test('a group is added, filled by search, emptied, archived and restored', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,', 'bo,Bo Lee,', 'cy,Cy Park,'])
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Groups' }).click()
  await page.getByRole('link', { name: 'Add a group' }).click()
  await page.getByRole('button', { name: 'Add the group' }).click()
  await expect(page.getByText('"displayName" is required')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.getByRole('textbox', { name: 'Name' }).fill('Engineering')
  await page.getByRole('button', { name: 'Add the group' }).click()
  const detail = page.getByRole('complementary', { name: 'Engineering' })
  await expect(detail.getByText('It has no members')).toBeVisible()
  await detail.getByRole('button', { name: 'Add members' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add members to Engineering' })
  await expect(dialog.getByRole('textbox', { name: 'Search people' })).toBeFocused()
  await dialog.getByRole('textbox', { name: 'Search people' }).fill('moss')
  await expect(dialog.getByRole('checkbox')).toHaveCount(1)
  await dialog.getByRole('checkbox', { name: /Ana Moss/ }).check()
  await dialog.getByRole('textbox', { name: 'Search people' }).fill('lee')
  await dialog.getByRole('checkbox', { name: /Bo Lee/ }).check()
  await dialog.getByRole('button', { name: 'Add 2 members' }).click()
  await expect(detail.getByRole('row', { name: 'Ana Moss, person' })).toBeVisible()
  await expect(detail.getByRole('link', { name: 'Members (2)' })).toBeVisible()

  await detail.getByRole('textbox', { name: 'Search members' }).fill('bo')
  await expect(detail.getByRole('row', { name: 'Ana Moss, person' })).toBeHidden()
  await detail.getByRole('checkbox', { name: 'Select Bo Lee' }).check()
  await detail.getByRole('button', { name: 'Take 1 out' }).click()
  await page
    .getByRole('dialog', { name: 'Take 1 member out of Engineering?' })
    .getByRole('button', { name: 'Take them out' })
    .click()
  await expect(detail.getByRole('link', { name: 'Members (1)' })).toBeVisible()

  await detail.getByRole('link', { name: 'History' }).click()
  await expect(detail.getByText('2 members added')).toBeVisible()
  await detail.getByRole('button', { name: 'Archive' }).click()
  await page
    .getByRole('dialog', { name: 'Archive Engineering?' })
    .getByRole('button', { name: 'Archive the group' })
    .click()
  await expect(detail.getByRole('button', { name: 'Restore' })).toBeVisible()
  await expect(detail.getByRole('heading', { name: 'Engineering' })).toBeFocused()
  await detail.getByRole('button', { name: 'Restore' }).click()
  await expect(detail.getByRole('button', { name: 'Archive' })).toBeVisible()
  await expect(detail.getByRole('heading', { name: 'Engineering' })).toBeFocused()
  await detail.getByRole('link', { name: 'Members (1)' }).click()
  await detail.getByRole('row', { name: 'Ana Moss, person' }).click()
  await expect(page).toHaveURL(/\/users\//)
  await page.getByRole('link', { name: 'Groups (1)' }).click()
  await expect(page.getByRole('link', { name: 'Engineering' })).toBeVisible()
})

test('a group that would contain itself is refused in the dialog, and a rename that crosses another one says so', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  const inner = await entra.create('/Groups', group('Inner'))
  await entra.create('/Groups', group('Outer', [inner]))
  await openConsole(page, running, `/groups/${inner}`)
  await page.getByRole('button', { name: 'Add members' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('Groups', { exact: true }).click()
  await dialog.getByRole('checkbox', { name: /Outer/ }).check()
  await expect(dialog.getByText('Entra ID manages this group')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add 1 member' }).click()
  await expect(dialog.getByText('the group would then contain itself')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('It has no members')).toBeVisible()

  await visit(page, running, `/groups/${inner}/edit`)
  await page.getByRole('button', { name: 'Edit it all the same' }).click()
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('Mine')
  await entra.patch(`/Groups/${inner}`, [{ op: 'replace', path: 'displayName', value: 'Theirs' }])
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('row', { name: 'displayName Inner Theirs Mine' })).toBeVisible()
  // What is typed while the two are compared is told, and kept.
  await name.fill('Ours')
  await expect(page.getByRole('row', { name: 'displayName Inner Theirs Ours' })).toBeVisible()
  await page.getByRole('button', { name: 'Drop mine, take the present values' }).click()
  await expect(name).toHaveValue('Theirs')
  await expect(page.getByRole('heading', { name: 'Rename Theirs' })).toBeFocused()
})

test('members put in by hand are shown as that, and taken back', async ({ page, running }) => {
  const entra = await connectEntra(running)
  const [ana, bo] = [
    await entra.create('/Users', user({ userName: 'ana', displayName: 'Ana Moss' })),
    await entra.create('/Users', user({ userName: 'bo', displayName: 'Bo Lee' })),
  ]
  const id = await entra.create('/Groups', group('Team', [ana]))
  await openConsole(page, running, `/users/${bo}/groups`)
  await page.getByRole('button', { name: 'Add to a group' }).click()
  await expect(page.getByRole('textbox', { name: 'Search groups' })).toBeFocused()
  await page.getByRole('checkbox', { name: /Team/ }).check()
  await page.getByRole('button', { name: 'Add to Team' }).click()
  await expect(page.getByRole('link', { name: 'Team' })).toBeVisible()
  await visit(page, running, `/groups/${id}`)
  await expect(page.getByText('Put in: Bo Lee')).toBeVisible()
  await expect(page.getByRole('row', { name: 'Bo Lee, person' })).toContainText('By hand')
  const takeBack = page.getByRole('button', { name: 'Take the members of Entra ID back' })
  await running.restart(async () => {
    await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
    await takeBack.click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was taken back' })).toContainText('Try again')
  })
  await expect(page.getByText('Not connected to Rollcall')).toBeHidden({ timeout: 20_000 })
  await takeBack.click()
  await expect(page.getByText('Nothing was taken back')).toBeHidden()
  await expect(page.getByText('Put in: Bo Lee')).toBeHidden()
  await expect(page.getByRole('link', { name: 'Members (1)' })).toBeVisible()
})
