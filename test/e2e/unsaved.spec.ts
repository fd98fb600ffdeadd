import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople, visit } from './people.ts'

test('a screen with something unsaved is left only after a question, by whatever way', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,'])
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  const title = page.getByRole('textbox', { name: 'Job title' })
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  const stay = () => dialog.getByRole('button', { name: 'Cancel' }).click()
  await title.fill('Director')

  await page.getByRole('link', { name: 'Groups' }).click()
  await stay()
  await expect(title).toHaveValue('Director')
  await expect(page).toHaveURL(/\/edit/)
  await page.goBack()
  await stay()
  await expect(title).toHaveValue('Director')
  await expect(page).toHaveURL(/\/edit/)
  await page.goBack()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('link', { name: 'Edit', exact: true })).toBeVisible()

  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(title).toHaveValue('')
  await title.fill('Director')
  await page.getByRole('link', { name: 'Groups' }).click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible()
})

test('what is saved, or given up by its own button, is left without a question', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,'])
  await connectEntra(running)
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  const title = page.getByRole('textbox', { name: 'Job title' })
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await title.fill('Chief')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(title).toHaveValue('')
  await title.fill('Director')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Director')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.getByRole('link', { name: 'Integrations', exact: true }).click()
  await page.getByRole('row', { name: /^Entra ID/ }).click()
  await page.getByRole('link', { name: 'Policy' }).click()
  const matching = page.getByRole('textbox', { name: 'Matching attribute' })
  await matching.fill('externalId')
  await page.getByRole('link', { name: 'Tokens' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  // What another one sets meanwhile stays, beside what is saved here.
  await running.rollcall('integrations', 'policy', 'entra-id', '--set', 'delete=false')
  await expect(page.getByText('Somebody else has changed this since you began')).toBeVisible()
  await expect(matching).toHaveValue('externalId')
  await page.getByRole('button', { name: 'Save the policy' }).click()
  await expect(page.getByRole('button', { name: 'Save the policy' })).toBeDisabled()
  await expect(page.getByRole('switch', { name: /^Delete It may/ })).not.toBeChecked()
  await expect(matching).toHaveValue('externalId')
  await page.getByRole('link', { name: 'Tokens' }).click()
  await expect(matching).toBeHidden()
})

test('what is typed stays while an identity provider takes the record over, deletes it, and it is purged', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,'])
  const entra = await connectEntra(running)
  await openConsole(page, running, '/users')
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  const title = page.getByRole('textbox', { name: 'Job title' })
  const id = /users\/([\w-]+)/.exec(page.url())?.[1] ?? ''
  await title.fill('Director')
  await entra.patch(`/Users/${id}`, [{ op: 'replace', path: 'nickName', value: 'Annie' }])
  await expect(page.getByText('Entra ID manages Ana Moss since you opened this form')).toBeVisible()
  await expect(title).toBeFocused()
  await entra.send('DELETE', `/Users/${id}`)
  await expect(page.getByText('Ana Moss has been archived since you opened this form')).toBeVisible()
  await expect(title).toHaveValue('Director')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Nothing was saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Restore Ana Moss' }).click()
  await expect(page.getByText('Ana Moss has been archived since')).toBeHidden()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Keep my changes' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('complementary').getByText('Director')).toBeVisible()

  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await page.getByRole('link', { name: 'Add a group' }).click()
  const name = page.getByRole('textbox', { name: 'Name' })
  await name.fill('Staff')
  await page.getByRole('button', { name: 'Add the group' }).click()
  await page.getByRole('link', { name: 'Rename', exact: true }).click()
  const group = /groups\/([\w-]+)/.exec(page.url())?.[1] ?? ''
  await name.fill('Everybody')
  await entra.send('DELETE', `/Groups/${group}`)
  await expect(page.getByRole('button', { name: 'Restore Staff' })).toBeVisible()
  const other = await page.context().newPage()
  await visit(other, running, `/groups/${group}`)
  await other.getByRole('button', { name: 'Purge' }).click()
  await other.getByRole('dialog').getByRole('button', { name: 'Purge Staff' }).click()
  await expect(page.getByText('Staff has been purged since you opened this form')).toBeVisible()
  await expect(name).toHaveValue('Everybody')
})

test('a form that is again as it was, or was never touched, is left without a question', async ({ page, running }) => {
  await openConsole(page, running, '/users/new')
  const userName = page.getByRole('textbox', { name: 'userName' })
  await userName.fill('ana')
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Cancel' }).click()
  await userName.fill('')
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible()

  await page.goto(`${running.origin}/integrations/new/entra`)
  await page.getByRole('textbox', { name: 'Name' }).fill('Entra ID test')
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
})

test('the options of a conversion are left only after a question, until there is a preview of them', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,'])
  await openConsole(page, running, '/conversion')
  const domain = page.getByRole('textbox', { name: 'Domain', exact: true })
  await domain.fill('example.com')
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await page.getByRole('dialog', { name: 'Leave without a preview?' }).getByRole('button', { name: 'Cancel' }).click()
  await expect(domain).toHaveValue('example.com')
  await page.getByRole('button', { name: 'Preview the conversion' }).click()
  await expect(page.getByText('1 of 2 will change')).toBeVisible()
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible()
})

test('a dialog with something in it is closed only after a question, which lies above it and gives the focus back', async ({
  page,
  running,
}) => {
  test.slow()
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Attributes' }).click()
  const opener = page.getByRole('link', { name: 'Define an attribute' })
  const dialog = page.getByRole('dialog', { name: 'Define an attribute of users' })
  const question = page.getByRole('dialog', { name: 'Leave without saving?' })
  const name = dialog.getByRole('textbox', { name: 'Name' })

  await opener.click()
  await expect(name).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await opener.click()
  await name.fill('badge')
  const ways = {
    Esc: () => page.keyboard.press('Escape'),
    'a click beside it': () => page.mouse.click(5, 795),
    'its cross': () => dialog.getByRole('button', { name: 'Close' }).click(),
    'the way back': () => page.goBack(),
  }
  for (const [way, close] of Object.entries(ways))
    await test.step(way, async () => {
      await close()
      await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(page.locator('.mantine-Modal-overlay')).toHaveCount(1)
      await expect(name).toHaveValue('badge')
      await expect.poll(() => dialog.evaluate((each) => each.contains(document.activeElement))).toBe(true)
    })

  // The list of a field is closed alone.
  await dialog.getByRole('combobox', { name: 'Type of its values' }).click()
  await expect(page.getByRole('option', { name: 'Whole number' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('option')).toHaveCount(0)
  await expect(question).toBeHidden()

  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Leave' }).click()
  await expect(dialog).toBeHidden()
  await expect(page).toHaveURL(`${running.origin}/attributes`)
  await expect(opener).toBeFocused()

  await opener.click()
  await expect(name).toHaveValue('')
  await name.fill('badge')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await opener.click()
  await name.fill('badge')
  await dialog.getByRole('button', { name: 'Define the attribute' }).click()
  await expect(page.getByRole('complementary', { name: 'badge' })).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('every dialog that is filled in asks before Esc closes it, and its Cancel does not', async ({ page, running }) => {
  test.slow()
  await connectEntra(running)
  await importPeople(running, ['ana,Ana Moss,'])
  await running.rollcall('notify', 'webhooks', 'add', '--name', 'ops', '--url', 'https://hooks.example.com')
  await openConsole(page, running, '/groups/new')
  await page.getByRole('textbox', { name: 'Name' }).fill('Staff')
  await page.getByRole('button', { name: 'Add the group' }).click()
  await expect(page.getByRole('complementary', { name: 'Staff' })).toBeVisible()
  const group = new URL(page.url()).pathname
  const dialog = (name: string) => page.getByRole('dialog', { name })
  const question = dialog('Leave without saving?')

  const fillings = [
    [
      'Rename Entra ID',
      async () => {
        await page.goto(`${running.origin}/integrations/entra-id`)
        await page.getByRole('button', { name: 'More about Entra ID' }).click()
        await page.getByRole('menuitem', { name: 'Rename' }).click()
        await dialog('Rename Entra ID').getByRole('textbox').fill('Entra')
      },
    ],
    [
      'Add a webhook',
      async () => {
        await page.goto(`${running.origin}/notifications/webhooks?add=`)
        await dialog('Add a webhook').getByRole('textbox', { name: 'Name' }).fill('on call')
      },
    ],
    [
      'Edit the webhook ops',
      async () => {
        await page.goto(`${running.origin}/notifications/webhooks`)
        await page.getByRole('button', { name: 'Edit the webhook ops' }).click()
        await dialog('Edit the webhook ops').getByRole('textbox', { name: 'Name' }).fill('on call')
      },
    ],
    [
      'Add members to Staff',
      async () => {
        await page.goto(running.origin + group)
        await page.getByRole('button', { name: 'Add members' }).click()
        await dialog('Add members to Staff')
          .getByRole('checkbox', { name: /Ana Moss/ })
          .check()
      },
    ],
    [
      'Add Ana Moss to a group',
      async () => {
        await page.goto(`${running.origin}/users`)
        await page.getByRole('row', { name: /^Ana Moss/ }).click()
        const person = page.getByRole('complementary', { name: 'Ana Moss' })
        await person.getByRole('link', { name: /^Groups/ }).click()
        await person.getByRole('button', { name: 'Add to a group' }).click()
        await dialog('Add Ana Moss to a group').getByRole('checkbox', { name: /Staff/ }).check()
      },
    ],
  ] as const
  for (const [name, fill] of fillings)
    await test.step(name, async () => {
      await fill()
      await page.keyboard.press('Escape')
      await question.getByRole('button', { name: 'Cancel' }).click()
      await expect(question).toBeHidden()
      await dialog(name).getByRole('button', { name: 'Cancel' }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
      await fill()
      await page.keyboard.press('Escape')
      await question.getByRole('button', { name: 'Leave' }).click()
      await expect(page.getByRole('dialog')).toBeHidden()
    })
})

test('a page that shows a token this once is loaded anew only after a question', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running, '/integrations/entra-id/tokens?rotate')
  await page.getByRole('button', { name: 'Issue the new token' }).click()
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible()
  // The browser asks where the event is refused.
  const isAsked = () => page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true })))
  expect(await isAsked()).toBe(true)
  await page.getByRole('checkbox', { name: 'I have stored it' }).check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(await isAsked()).toBe(false)
})
