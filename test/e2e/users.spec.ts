import { readFileSync } from 'node:fs'
import { user } from '../people.ts'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople } from './people.ts'

test('a local person is added, edited, deactivated, archived, restored and purged', async ({ page, running }) => {
  await openConsole(page, running)
  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByRole('textbox', { name: 'userName' }).fill('ana.moss@example.com')
  await page.getByRole('textbox', { name: 'Display name' }).fill('Ana Moss')
  await page.getByRole('textbox', { name: 'Department' }).fill('Engineering')
  await page
    .getByRole('group', { name: 'E-mail addresses 1' })
    .getByLabel('Address', { exact: true })
    .fill('ana@example.com')
  await page.getByRole('button', { name: /Add another: E-mail/ }).click()
  const second = page.getByRole('group', { name: 'E-mail addresses 2' })
  await second.getByLabel('Address', { exact: true }).fill('ana@home.example')
  await second.getByLabel('Kind', { exact: true }).fill('home')
  await page.getByRole('button', { name: 'Add the person' }).click()

  await expect(page).toHaveURL(/\/users\/[\w-]{36}$/)
  const detail = page.getByRole('complementary', { name: 'Ana Moss' })
  await expect(detail.getByText('Engineering')).toBeVisible()
  await expect(detail.getByText('ana@home.example')).toBeVisible()

  await detail.getByRole('link', { name: 'Edit', exact: true }).click()
  await page.getByRole('textbox', { name: 'Job title' }).fill('Head of engineering')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(detail.getByText('Head of engineering')).toBeVisible()

  await detail.getByRole('button', { name: 'More for ana.moss@example.com' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await expect(detail.getByText('Inactive')).toBeVisible()
  await detail.getByRole('button', { name: 'More for ana.moss@example.com' }).click()
  await page.getByRole('menuitem', { name: 'User Manager' }).click()
  await expect(detail.getByText('User Manager')).toBeVisible()

  await detail.getByRole('link', { name: 'History' }).click()
  await expect(detail.getByText('Given another role')).toBeVisible()
  await expect(detail.getByText('Changed title')).toBeVisible()
  await expect(detail.getByText('by a person, in the console').first()).toBeVisible()

  await detail.getByRole('button', { name: 'More for ana.moss@example.com' }).click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  const question = page.getByRole('dialog', { name: 'Archive Ana Moss?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await question.getByRole('button', { name: 'Archive Ana Moss' }).click()
  await expect(detail.getByText(/out of sight for every identity provider/)).toBeVisible()
  const name = detail.getByRole('heading', { name: 'Ana Moss' })
  await expect(name).toBeFocused()
  await detail.getByRole('button', { name: 'Restore' }).click()
  await expect(detail.getByRole('link', { name: 'Edit', exact: true })).toBeVisible()
  await expect(name).toBeFocused()

  const more = detail.getByRole('button', { name: 'More for ana.moss@example.com' })
  await more.click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(more).toBeFocused()
  await more.click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await question.getByRole('button', { name: 'Archive Ana Moss' }).click()
  await detail.getByRole('button', { name: 'Purge' }).click()
  await page
    .getByRole('dialog', { name: 'Purge Ana Moss for good?' })
    .getByRole('button', { name: /^Purge/ })
    .click()
  await expect(page).toHaveURL(/\/users\?archived=1$/)
  await expect(page.getByText('Nobody is archived')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Users' })).toBeFocused()
})

test('a question has the focus at once, and Escape closes it alone, also when the focus is elsewhere', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/users/new')
  await page.getByRole('textbox', { name: 'userName' }).fill('ana.moss@example.com')
  await page.getByRole('button', { name: 'Add the person' }).click()
  const more = page.getByRole('button', { name: 'More for ana.moss@example.com' })
  const question = page.getByRole('dialog', { name: 'Archive ana.moss@example.com?' })
  const cancel = question.getByRole('button', { name: 'Cancel' })

  await more.click()
  await page.getByRole('menuitem', { name: 'Archive' }).click()
  await expect(cancel).toBeFocused()
  await page.locator('[aria-label="More for ana.moss@example.com"]').evaluate((button: HTMLElement) => button.focus())
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(more).toBeFocused()

  await more.click()
  const archive = page.getByRole('menuitem', { name: 'Archive' })
  await expect(archive).toBeVisible()
  // On a busy machine a timer comes late.
  await page.evaluate(() => {
    const { setTimeout: real } = window
    Object.assign(window, { setTimeout: (act: () => void, ms = 0) => real(act, ms < 50 ? 20_000 : ms) })
  })
  await archive.click()
  await expect(cancel).toBeFocused({ timeout: 5000 })
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(more).toBeFocused()
})

test('what is wrong stands at its field, and the first such field has the focus', async ({ page, running }) => {
  await running.rollcall('attributes', 'add', 'badgeNumber', '--type', 'integer')
  await openConsole(page, running, '/users/new')
  await page.getByRole('textbox', { name: 'userName' }).fill('ADMIN')
  await page.getByRole('textbox', { name: 'badgeNumber' }).fill('seven')
  const email = page.getByRole('group', { name: 'E-mail addresses 1' }).getByLabel('Address', { exact: true })
  await email.fill('not an address')
  await page.getByRole('button', { name: 'Add the person' }).click()
  await expect(page.getByText('"admin" is taken already')).toBeVisible()
  await expect(page.getByText('must be a whole number; got the text "seven"')).toBeVisible()
  await expect(email).toHaveAccessibleDescription(/"not an address" is no e-mail address such as ana@example\.com\./)
  await expect(page.getByRole('textbox', { name: 'userName' })).toBeFocused()
  await page.getByRole('textbox', { name: 'userName' }).fill('ana')
  await email.fill('ana@example.com')
  await page.getByRole('textbox', { name: 'badgeNumber' }).fill('7')
  await page.getByRole('button', { name: 'Add the person' }).click()
  await expect(page).toHaveURL(/\/users\/[\w-]{36}$/)
})

test('why nothing was saved comes into view and has the focus, also where no field is to blame', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,Clerk'])
  await openConsole(page, running, '/users')
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  await page.getByRole('link', { name: 'Edit', exact: true }).click()
  const name = page.getByRole('textbox', { name: 'userName' })
  await name.fill('ana.moss')
  await page.setViewportSize({ width: 1280, height: 500 })
  await importPeople(running, ['ana,Ana Moss,Director'])
  await name.press('Enter')
  const reason = page.getByRole('alert').filter({ hasText: 'Nothing was saved.' })
  await expect(reason).toBeFocused()
  await expect(reason).toBeInViewport({ ratio: 1 })
  await expect(name).not.toBeInViewport()
  await page.getByRole('button', { name: 'Drop mine, take the present values' }).click()
  await expect(page.getByRole('textbox', { name: 'Job title' })).toHaveValue('Director')
})

test('the last Administrator cannot be taken away, and the reason stands beside it', async ({ page, running }) => {
  await openConsole(page, running, '/users')
  await page.getByRole('row', { name: /^Administrator, admin/ }).click()
  await page.getByRole('button', { name: 'More for admin' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await expect(page.getByText('That would take the last active Administrator away')).toBeVisible()
})

test('the way back leads from a search to the list before it, and from a person who was found to the search', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,', 'bo,Bo Lund,'])
  await openConsole(page, running, '/')
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  const box = page.getByRole('textbox', { name: 'Search people' })
  const bo = page.getByRole('row', { name: /^Bo Lund/ })
  await box.fill('a')
  await expect(page).toHaveURL(/\?q=a$/)
  await box.fill('ana')
  await expect(page).toHaveURL(/\?q=ana$/)
  await expect(bo).toBeHidden()
  // What was typed just before is kept as well.
  await box.fill('ana m')
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  await expect(page).toHaveURL(/\/users\/[\w-]+\?q=ana\+m$/)
  await page.goBack()
  await expect(page).toHaveURL(`${running.origin}/users?q=ana+m`)
  await expect(box).toHaveValue('ana m')
  await page.goBack()
  await expect(page).toHaveURL(`${running.origin}/users`)
  await expect(box).toHaveValue('')
  await expect(bo).toBeVisible()
  await page.goBack()
  await expect(page).toHaveURL(`${running.origin}/`)
})

test('an edit leads back to the search it began in', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana Moss,', 'bo,Bo Lee,'])
  await openConsole(page, running, '/users?q=an')
  await page.getByRole('row', { name: /^Ana Moss/ }).click()
  const edit = page.getByRole('complementary', { name: 'Ana Moss' }).getByRole('link', { name: 'Edit', exact: true })
  await edit.click()
  await page.getByRole('textbox', { name: 'Job title' }).fill('Clerk')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page).toHaveURL(/\/users\/[\w-]{36}\?q=an$/)
  await expect(page.getByRole('row', { name: /^Bo Lee/ })).toBeHidden()
  await edit.click()
  await page.getByRole('link', { name: 'Users' }).last().click()
  await expect(page).toHaveURL(/\/users\?q=an$/)
})

test('who is managed by an IdP is edited after a warning, shown as edited, and taken back', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  const made = await entra.post('/Users', user({ userName: 'ana', displayName: 'Ana Moss', title: 'Engineer' }))
  const id = made.textAt('/id')
  await openConsole(page, running, `/users/${id}`)
  const detail = page.getByRole('complementary', { name: 'Ana Moss' })
  await detail.getByRole('link', { name: 'Edit', exact: true }).click()
  await expect(page.getByText('Entra ID manages Ana Moss')).toBeVisible()
  await page.getByRole('button', { name: 'Edit it all the same' }).click()
  await page.getByRole('textbox', { name: 'Job title' }).fill('Boss')
  await page.getByRole('textbox', { name: 'Family name' }).fill('Moor')
  const meanwhile = { op: 'replace', value: { title: 'Director', nickName: 'Annie' } }
  await entra.patch(`/Users/${id}`, [meanwhile])
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('row', { name: 'title Engineer Director Boss' })).toBeVisible()
  await expect(page.getByRole('row', { name: 'nickName nothing Annie not changed by you' })).toBeVisible()
  // What is typed while the two are compared is kept as well.
  await page.getByRole('textbox', { name: 'Given name' }).fill('Anabel')
  await page.getByRole('button', { name: 'Keep my changes' }).click()
  await expect(page.getByRole('textbox', { name: 'Given name' })).toHaveValue('Anabel')
  await expect(page.getByRole('textbox', { name: 'Job title' })).toHaveValue('Boss')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(detail.getByText('Entra ID wrote “Director”')).toBeVisible()
  await expect(detail.getByText('Annie')).toBeVisible()
  await detail.getByRole('button', { name: 'Take it back: the value of title' }).click()
  await expect(detail.getByText('Entra ID wrote “Director”')).toBeHidden()
  await expect(detail.getByText('Director', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Edited by hand' }).click()
  await expect(page).toHaveURL(/drift=1/)
  await expect(page.getByRole('row', { name: /Ana Moss.*edited by hand/ })).toBeVisible()
  await entra.patch(`/Users/${id}`, [
    { op: 'replace', path: 'name', value: { givenName: 'Person', familyName: 'Moss' } },
  ])
  await expect(page.getByText('Nobody matches')).toBeVisible()

  await detail.getByRole('link', { name: 'History' }).click()
  await detail.getByRole('link', { name: made.headers.get('x-request-id') ?? '' }).click()
  await expect(page).toHaveURL(/\/requests\//)
  await expect(page.getByText(/Create user ana/).first()).toBeVisible()
})

test('whoever closes a person from within, or goes back, is at the row again; an unknown part of a person says so', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,Ana Moss,Clerk'])
  await openConsole(page, running, '/users')
  const row = page.getByRole('row', { name: /^Ana Moss/ })
  const history = page.getByRole('link', { name: 'History' })
  await row.focus()
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => page.goBack(),
    () => page.getByRole('button', { name: 'Close the detail' }).press('Enter'),
  ]) {
    await page.keyboard.press('Enter')
    await history.focus()
    await leave()
    await expect(row).toBeFocused()
  }
  await page.keyboard.press('Enter')
  await expect(history).toBeVisible()
  await page.goto(`${page.url()}/nonsense`)
  await page.getByText('There is no such page of this person').waitFor()
  await page.getByRole('link', { name: 'Show the person' }).click()
  await expect(history).toBeVisible()
})

test('the record is shown as each identity provider gets it', async ({ page, running }) => {
  const entra = await connectEntra(running)
  await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  const id = await entra.create('/Users', user({ userName: 'ana', externalId: 'entra-77' }))
  await openConsole(page, running, `/users/${id}/scim`)
  await expect(page.getByText('"entra-77"')).toBeVisible()
  await page.getByRole('combobox', { name: 'As this integration gets it' }).click()
  await page.getByRole('option', { name: 'Okta' }).click()
  await expect(page.getByText('"userName"')).toBeVisible()
  await expect(page.getByText('"entra-77"')).toBeHidden()
  await expect(page).toHaveURL(/as=okta/)
  await page.getByRole('link', { name: 'Profile', exact: true }).click()
  const own = page.getByRole('region', { name: 'In Rollcall' })
  await expect(own).toContainText('entra-77 for Entra ID')
  await own.getByRole('link', { name: 'Entra ID' }).click()
  await expect(page).toHaveURL(`${running.origin}/integrations/entra-id`)
})

test('a long list is paged, Back works, and many are archived with a result for each', async ({ page, running }) => {
  const entra = await connectEntra(running)
  await entra.create('/Users', user({ userName: 'p0000', displayName: 'Managed' }))
  await importPeople(
    running,
    Array.from({ length: 230 }, (_, n) => `person${String(n).padStart(3, '0')},Person ${n},Clerk`),
  )
  await openConsole(page, running, '/users')
  await expect(page.getByText('1–100 of 232')).toBeVisible()
  const table = page.getByRole('table', { name: 'People' })
  const lastHere = table.getByRole('row').nth(95)
  await lastHere.scrollIntoViewIfNeeded()
  await page.getByRole('link', { name: 'Groups' }).click()
  await expect(page.getByRole('heading', { name: 'Groups' })).toBeVisible()
  await page.goBack()
  await expect(lastHere).toBeInViewport()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('101–200 of 232')).toBeVisible()
  await expect(table.getByRole('row').nth(1)).toBeInViewport()
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(page.getByText('201–232 of 232')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled()
  await page.goBack()
  await expect(page.getByText('101–200 of 232')).toBeVisible()
  await page.getByRole('button', { name: 'First page' }).click()
  await expect(page.getByText('1–100 of 232')).toBeVisible()

  await page.keyboard.press('/')
  await page.keyboard.type('p')
  await expect(page).toHaveURL(/q=p/)
  await expect(page.getByText('231 of 232 people')).toBeVisible()
  await page.getByRole('checkbox', { name: 'Select Managed' }).check()
  await page.getByRole('button', { name: 'Select all 231' }).click()
  await expect(page.getByText('231 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Changed' }).click()
  await expect(page.getByRole('columnheader', { name: 'Changed' })).toHaveAttribute('aria-sort', /./)
  await expect(page.getByText('231 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click()
  const pause = page.getByRole('dialog', { name: /Deactivate 231 people/ })
  await pause.getByRole('button', { name: 'Deactivate them' }).click()
  await expect(pause.getByText('231 deactivated')).toBeVisible()
  await pause.getByRole('button', { name: 'Undo' }).click()
  const again = page.getByRole('dialog', { name: /Activate 231 people/ })
  await again.getByRole('button', { name: 'Activate them' }).click()
  await expect(again.getByText('231 activated')).toBeVisible()
  await again.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByText('Edited', { exact: true })).toHaveCount(0)

  await page.getByRole('checkbox', { name: 'Select Managed' }).check()
  await page.getByRole('button', { name: 'Select all 231' }).click()
  await page.getByRole('button', { name: 'Archive', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: /Archive 231 people/ })
  await expect(dialog.getByText('An identity provider manages 1 of them')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Archive them' }).click()
  await expect(dialog.getByText('231 of 231')).toBeVisible()
  await expect(dialog.getByText('231 archived')).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'Results' })).toBeFocused()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save the result as CSV' }).click(),
  ])
  expect(readFileSync(await saved.path(), 'utf8')).toContain('person007,done,')
  await expect(page.getByText('Nobody is found by “p”')).toBeVisible()
  await dialog.getByRole('button', { name: 'Undo' }).click()
  const back = page.getByRole('dialog', { name: /Restore 231 people/ })
  await back.getByRole('button', { name: 'Restore them' }).click()
  await expect(back.getByText('231 restored')).toBeVisible()
  await back.getByRole('button', { name: 'Close' }).last().click()
  await expect(page.getByText('1–100 of 231')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Users' })).toBeFocused()
})

test('rows are ticked from the keyboard, also a range of them', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana,', 'bo,Bo,', 'cy,Cy,', 'di,Di,'])
  await openConsole(page, running, '/users?source=local')
  await expect(page.getByRole('row', { name: /^Di,/ })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await expect(page.getByText('1 selected')).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Shift+Space')
  await expect(page.getByText('3 selected')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'Select Bo' })).toBeChecked()
})

test('what is filtered is exported, and no cell is a formula', async ({ page, running }) => {
  await importPeople(running, [`ana,'=1+1,Clerk`, 'bo,Bo,Clerk'])
  await openConsole(page, running, '/users?q=ana')
  await expect(page.getByText('1 of 3 people')).toBeVisible()
  const save = async (format: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: new RegExp(format) }).click(),
    ])
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') }
  }
  const csv = await save('As CSV')
  expect(csv.name).toMatch(/^people-\d{4}-\d\d-\d\d\.csv$/)
  expect(csv.text.split('\r\n')[1]).toMatch(/^ana,'=1\+1,/)
  expect(csv.text).not.toContain('bo,')
  expect(JSON.parse((await save('As JSON')).text)).toMatchObject([{ userName: 'ana', displayName: '=1+1' }])
})

test('several directories are kept apart, and the URL says which one is shown', async ({ page, running }) => {
  await importPeople(running, ['ana,Ana,'])
  await openConsole(page, running, '/users')
  await expect(page.getByRole('row', { name: /^Ana,/ })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Directory' })).toBeHidden()
  await running.rollcall('directories', 'create', 'subsidiary', '--name', 'The subsidiary')
  await page.getByRole('combobox', { name: 'Directory' }).click()
  await page.getByRole('option', { name: 'The subsidiary' }).click()
  await expect(page).toHaveURL(/directory=subsidiary/)
  await expect(page.getByText('1 person')).toBeVisible()
  await expect(page.getByRole('row', { name: /^Ana,/ })).toBeHidden()
  await page.getByRole('link', { name: 'Add a person' }).click()
  await page.getByRole('textbox', { name: 'userName' }).fill('bo')
  await page.getByRole('button', { name: 'Add the person' }).click()
  await expect(page).toHaveURL(/\/users\/[\w-]{36}\?directory=subsidiary$/)
  await expect(page.getByText('2 people')).toBeVisible()
})
