import type { Page } from '@playwright/test'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, importPeople } from './people.ts'

/** Asks for the palette, and types before the page can have drawn it. */
async function typeEarly(page: Page, text: string, last = ''): Promise<void> {
  await page.evaluate(
    ([letters, end]) => {
      const press = (key: string, ctrlKey = false) =>
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey, bubbles: true, cancelable: true }))
      press('k', true)
      for (const letter of letters) press(letter)
      if (end !== '') press(end)
    },
    [text, last] as const,
  )
}

test('everything is reached from the palette', async ({ page, running }) => {
  await openConsole(page, running)
  await page.getByRole('button', { name: 'Fill with a sample organisation' }).click()
  await expect(page.getByText('The directory holds the sample organisation')).toBeVisible()
  const palette = page.getByRole('dialog')
  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.type('attrib')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${running.origin}/attributes`)
  await expect(palette).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.type('tanaka')
  await expect(page.getByRole('button', { name: /Hiroshi Tanaka/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/users\/[\w-]+$/)
})

test('the palette acts on an integration by name', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running)
  const palette = page.getByRole('dialog')
  await page.keyboard.press('Control+k')
  await expect(palette.getByRole('button', { name: 'Provisioning of Entra ID' })).toBeVisible()
  await expect(palette.getByRole('button', { name: /Rotate the token/ })).toBeHidden()
  await page.keyboard.type('requests of ent')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`${running.origin}/requests?filter=integration:entra-id`)
  await expect(page.getByRole('row', { name: /List users/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('rotate')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /Rotate the token/ })).toBeVisible()
})

test('what is typed before the box of the palette is there is not lost, nor taken for a shortcut', async ({
  page,
  running,
}) => {
  await openConsole(page, running)
  await typeEarly(page, 'glossary', 'Enter')
  await expect(page).toHaveURL(/\/help\/words$/)
})

test('rows are walked with j and k, opened with Enter and closed with Escape', async ({ page, running }) => {
  await openConsole(page, running)
  await page.getByRole('button', { name: 'Fill with a sample organisation' }).click()
  await expect(page.getByText('The directory holds the sample organisation')).toBeVisible()
  await page.goto(`${running.origin}/users`)
  await expect(page.getByRole('row', { name: /Ana Moss/ })).toBeVisible()
  const rows = page.locator('tbody tr')
  await page.keyboard.press('j')
  await expect(rows.nth(0)).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/users\/[\w-]+$/)
  // What is open is the next thing for the Tab key, and the keys of the list go on from its row.
  const name = page.locator('aside h2')
  await expect(name).toBeFocused()
  await page.keyboard.press('j')
  await expect(rows.nth(2)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(name).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(`${running.origin}/users`)
  await expect(rows.nth(2)).toBeFocused()
  await page.goBack()
  await expect(page).toHaveURL(/\/users\/[\w-]+$/)
})

test('the focus goes along to the screen that is opened, and to what was added', async ({ page, running }) => {
  await openConsole(page, running, '/users')
  await page.getByRole('link', { name: 'Add a person' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'userName' })).toBeFocused()
  await page.keyboard.type('ana')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'ana', level: 2 })).toBeFocused()

  await page.getByRole('link', { name: 'Groups', exact: true }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Groups', exact: true })).toBeFocused()
  await page.getByRole('link', { name: 'Add a group' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Staff')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Staff', level: 2 })).toBeFocused()
})

test('the focus goes along to the screen that the palette opens', async ({ page, running }) => {
  await connectEntra(running)
  await openConsole(page, running, '/integrations')
  const row = page.getByRole('row', { name: /^Entra ID/ })
  const palette = page.getByRole('dialog')
  async function open(what: string): Promise<void> {
    await page.keyboard.press('Control+k')
    await expect(palette).toBeVisible()
    await page.keyboard.type(what)
    await page.keyboard.press('Enter')
    await expect(palette).toBeHidden()
  }
  await row.focus()
  await open('backups')
  await expect(page.getByRole('heading', { name: 'Settings: Backups', level: 1 })).toBeFocused()
  await open('groups')
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeFocused()
  // What keeps its place keeps the focus.
  await page.getByRole('link', { name: 'Groups', exact: true }).focus()
  await open('attributes')
  await expect(page.getByRole('heading', { name: 'Attributes', level: 1 })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Groups', exact: true })).toBeFocused()
})

test('of what is typed before the box of the palette is there, the first that is found is selected', async ({
  page,
  running,
}) => {
  await openConsole(page, running)
  await typeEarly(page, 'backups')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('textbox')).toHaveValue('backups')
  await expect(palette.locator('[data-selected]')).toHaveText('Settings: Backups')
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle('Settings: Backups · Rollcall')
})

test('what an input method still composes is neither searched for, opened nor thrown away by its keys', async ({
  page,
  running,
}) => {
  await importPeople(running, ['ana,たなか アナ,'])
  await openConsole(page, running, '/requests')
  const input = await page.context().newCDPSession(page)
  const compose = (text: string) =>
    input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length })

  const filter = page.getByRole('textbox', { name: 'Filter' })
  await filter.focus()
  await compose('user:たなか ')
  await expect(filter).toHaveValue('user:たなか ')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(filter).toHaveValue('user:たなか ')
  await expect(filter).toBeFocused()
  await input.send('Input.insertText', { text: 'user:田中' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Change user:田中' })).toBeVisible()

  await page.getByRole('link', { name: 'Users', exact: true }).click()
  const search = page.getByRole('textbox', { name: 'Search people' })
  await search.focus()
  await compose('たなか')
  await page.keyboard.press('Escape')
  await expect(search).toHaveValue('たなか')
  await input.send('Input.insertText', { text: '' })

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog')
  await expect(palette.getByRole('textbox')).toBeFocused()
  await compose('たなか')
  await expect(palette.getByRole('button', { name: /アナ/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(palette.getByRole('textbox')).toHaveValue('たなか')
  await input.send('Input.insertText', { text: 'たなか' })
  await expect(palette.getByRole('button', { name: /アナ/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveTitle('たなか アナ · Users · Rollcall')
})

test('the keys are listed, and single letters can be switched off', async ({ page, running }) => {
  await openConsole(page, running)
  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keys' })
  await expect(help).toBeVisible()
  await help.getByLabel('Single letters act as keys while nobody types').uncheck()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
  await page.reload()
  await page.getByText('Listening').waitFor()
  await page.keyboard.press('?')
  await expect(help).toBeHidden()
})

test('a button that works for a while has the focus afterwards, unless that has gone elsewhere', async ({
  page,
  running,
}) => {
  await connectEntra(running)
  await openConsole(page, running, '/integrations/entra-id')
  const button = (name: string) => page.getByRole('button', { name, exact: true })
  await button('Pause').press('Enter')
  await expect(button('Resume')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(button('Pause')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: 'Policy' }).focus()
  await expect(button('Resume')).toBeEnabled()
  await expect(page.getByRole('link', { name: 'Policy' })).toBeFocused()
})
