import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { user } from '../people.ts'
import { openSmtpServer, type TestSmtpServer } from '../smtp-server.ts'
import { isAccessible } from './axe.ts'
import { expect, openConsole, test as base } from './console.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** A test with a mail server that wants to know who sends. */
const test = base.extend<{ readonly smtp: TestSmtpServer }>({
  smtp: async ({}, use) => {
    const smtp = await openSmtpServer({
      onAuth: ({ password }, _session, done) => done(password === 'hunter2' ? null : new Error('no'), { user: 'x' }),
    })
    await use(smtp)
    await smtp.stop()
  },
})

/** Mail is looked for every second, and what is wrong every fifteen. */
const soon = { timeout: 40_000 }

async function setUpMail(page: Page, origin: string, port: number): Promise<void> {
  await page.goto(`${origin}/notifications/mail`)
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('combobox', { name: 'Encryption' }).click()
  await page.getByRole('option', { name: 'None: a server on this machine' }).click()
  const field = page.getByLabel('Port')
  await field.press('Control+A')
  await field.press('Backspace')
  await page.getByLabel('Sender').fill('Rollcall <rollcall@example.com>')
  await page.getByRole('button', { name: 'Save the mail server' }).click()
  await expect(field).toHaveAccessibleDescription('A port is a number from 1 to 65535.')
  await field.pressSequentially(String(port))
  await expect(field).toHaveValue(String(port))
  await page.getByRole('button', { name: 'Save the mail server' }).click()
  await expect(page.getByText('Set to 127.0.0.1, not tested')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save the mail server' })).toBeDisabled()
  await page.getByLabel('E-mail address').fill('ops@example.com')
  await page.getByRole('button', { name: 'Add the recipient' }).click()
  await expect(page.getByLabel('E-mail address')).toBeFocused()
  await expect(page.getByRole('list', { name: 'Recipients' })).toContainText('ops@example.com')
}

test('mail is set up with a password that is never shown again, and a test arrives', async ({
  page,
  running,
  smtp,
}) => {
  await openConsole(page, running, '/notifications/rules')
  await expect(page.getByText('No mail is sent yet')).toBeVisible()
  await setUpMail(page, running.origin, smtp.port)
  const save = page.getByRole('button', { name: 'Save the mail server' })
  await page.getByRole('textbox', { name: 'User' }).fill('mailer')
  await expect(save).toBeDisabled()
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('wrong')
  await save.click()
  await expect(page.getByText('Empty: the one in the vault stays.')).toBeVisible()
  await page.getByRole('button', { name: 'Send a test mail' }).click()
  await expect(page.getByText('Check the user and the password of the mail server.')).toBeVisible()
  await expect(page.getByText('The last test by 127.0.0.1 failed')).toBeVisible()
  await password.fill('hunter2')
  await save.click()
  await expect(password).toHaveValue('')
  await expect(page.getByText('Set to 127.0.0.1, not tested')).toBeVisible()
  await page.getByLabel('Send a test to').fill('me@example.com')
  await page.getByRole('button', { name: 'Send a test mail' }).click()
  await expect(page.getByText('It was taken for me@example.com.')).toBeVisible()
  await expect(page.getByText('The last test by 127.0.0.1 succeeded')).toBeVisible()
  expect(smtp.mails.map((each) => each.to)).toEqual([['me@example.com']])
  expect(smtp.mails[0]?.user).toBe('x')
  expect(await page.content()).not.toContain('hunter2')
  await isAccessible(page)

  await page.getByLabel('E-mail address').fill('nobody')
  await page.keyboard.press('Enter')
  await expect(page.getByText('"nobody" is no e-mail address')).toBeVisible()
  await page.getByRole('button', { name: 'Remove it' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove the mail server' }).click()
  await expect(page.getByText('Not set up')).toBeVisible()
})

test('a rule is switched, and the schedule is kept', async ({ page, running, smtp }) => {
  await openConsole(page, running)
  await setUpMail(page, running.origin, smtp.port)
  await page.getByRole('link', { name: 'Rules' }).click()
  const silence = page.getByRole('switch', { name: 'By mail, when no cycle for 90 minutes' })
  await expect(silence).toBeChecked()
  await silence.focus()
  await page.keyboard.press('Space')
  await expect(silence).not.toBeChecked()
  await page.getByRole('switch', { name: 'Tell when a backup failed' }).click({ force: true })
  await expect(page.getByRole('switch', { name: 'By mail, when a backup failed' })).toBeDisabled()
  await page.reload()
  await expect(silence).not.toBeChecked()
  expect(await running.rollcall('notify', 'rules', 'list')).toContainEqual(
    expect.objectContaining({ id: 'silence', isEnabled: true, byMail: false }),
  )
  await isAccessible(page)

  await page.getByRole('link', { name: 'Schedule' }).click()
  await page.getByRole('switch', { name: 'Quiet hours' }).click({ force: true })
  await page.getByLabel('From').fill('21:30')
  await page.getByText('Once a day').click()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Mars/Olympus')
  const save = page.getByRole('button', { name: 'Save the schedule' })
  await save.click()
  await expect(page.getByText('There is no time zone "Mars/Olympus".')).toBeVisible()
  await page.getByRole('combobox', { name: 'Time zone' }).fill('Europe/Berlin')
  await save.click()
  await expect(save).toBeDisabled()
  await isAccessible(page)
  expect(await running.rollcall('notify', 'schedule')).toMatchObject({
    quietHours: { from: '21:30', to: '07:00' },
    zone: 'Europe/Berlin',
    digest: { kind: 'daily', at: '08:00' },
  })
})

test('a webhook into the own network is refused until its host is allowed by name; its secret is shown once', async ({
  page,
  running,
}) => {
  const posts: string[] = []
  const receiver = createServer((request, response) => {
    posts.push(String(request.headers['rollcall-event']))
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve)
  })
  const address = receiver.address()
  const port = typeof address === 'object' && address ? address.port : 0
  try {
    await openConsole(page, running, '/notifications/webhooks')
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await expect(page).toHaveURL(`${running.origin}/notifications/webhooks?add=`)
    const dialog = page.getByRole('dialog', { name: 'Add a webhook' })
    await dialog.getByLabel('Name').fill('ops')
    await dialog.getByLabel('URL').fill(`https://127.0.0.1:${port}/hook`)
    const add = dialog.getByRole('button', { name: 'Add the webhook' })
    await add.click()
    await expect(dialog.getByText('127.0.0.1 leads to 127.0.0.1, which is not public.')).toBeVisible()
    await isAccessible(page)
    await dialog.getByLabel('URL').fill(`http://127.0.0.1:${port}/hook`)
    await dialog.getByLabel('The host may be in the own network').check()
    await dialog.getByLabel('Type the host again').fill('localhost')
    await add.click()
    await expect(dialog.getByText('The host of the URL is 127.0.0.1, and not localhost.')).toBeVisible()
    await dialog.getByLabel('Type the host again').fill('127.0.0.1')
    await add.click()

    const shown = page.getByRole('dialog', { name: 'Secret of the webhook ops' })
    const secret = await shown.getByLabel('The secret', { exact: true }).innerText()
    expect(secret).toMatch(/^rcwh_/)
    await page.keyboard.press('Escape')
    await expect(shown).toBeVisible()
    await expect(dialog).toBeHidden()
    await isAccessible(page)
    await shown.getByLabel('I have stored it').check()
    await shown.getByRole('button', { name: 'Done' }).click()
    await expect(shown).toBeHidden()
    expect(await page.content()).not.toContain(secret)

    await page.getByRole('button', { name: 'Post a test to ops' }).click()
    await expect(page.getByText('It was taken for ops.')).toBeVisible()
    expect(posts).toEqual(['test'])

    await page.getByRole('button', { name: 'Edit the webhook ops' }).click()
    const edit = page.getByRole('dialog', { name: 'Edit the webhook ops' })
    await expect(edit.getByLabel('URL')).toHaveValue(`http://127.0.0.1:${port}/hook`)
    await expect(edit.getByLabel('Type the host again')).toHaveValue('127.0.0.1')
    await edit.getByLabel('URL').fill('http://localhost/hook')
    await edit.getByRole('button', { name: 'Save the webhook' }).click()
    await expect(edit.getByLabel('Type the host again')).toHaveAccessibleDescription(
      /The host of the URL is localhost, and not 127.0.0.1/,
    )
    await isAccessible(page)
    await edit.getByLabel('URL').fill(`http://127.0.0.1:${port}/hook`)
    await edit.getByLabel('Name').fill('operators')
    await edit.getByRole('combobox', { name: 'Rules' }).focus()
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: /put the integration in quarantine/ }).click()
    await page.keyboard.press('Tab')
    await edit.getByRole('button', { name: 'Save the webhook' }).click()
    await expect(edit).toBeHidden()
    await expect(shown).toBeHidden()
    await expect(page.getByText(/hears when the identity provider seems to have put/)).toBeVisible()

    await page.getByRole('button', { name: 'Edit the webhook operators' }).click()
    await page.getByRole('dialog').getByLabel('Give it a new secret').check()
    await page.getByRole('dialog').getByRole('button', { name: 'Save the webhook' }).click()
    const again = page.getByRole('dialog', { name: 'Secret of the webhook operators' })
    expect(await again.getByLabel('The secret', { exact: true }).innerText()).not.toBe(secret)
    await again.getByLabel('I have stored it').check()
    await again.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('button', { name: 'Remove the webhook operators' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove the webhook' }).click()
    await expect(page.getByText('Notifications are posted nowhere yet')).toBeVisible()
  } finally {
    receiver.closeAllConnections()
    receiver.close()
  }
})

test('a dead letter says why it was given up, and arrives when it is tried again', async ({ page, running, smtp }) => {
  smtp.treat({ refuse: 550, at: 'recipient' })
  const { slug } = Created.parse(await running.rollcall('integrations', 'create', '--name', 'Entra', '--idp', 'entra'))
  await openConsole(page, running)
  await setUpMail(page, running.origin, smtp.port)
  const stranger = createClient(`${running.scim}/${slug}/v2`, 'rc_wrong')
  for (let n = 0; n < 3; n += 1) await stranger.get('/Users')

  await page.getByRole('link', { name: 'Outbox' }).click()
  await expect(page.getByText('could not be delivered')).toBeVisible(soon)
  await page.getByRole('button', { name: 'See why' }).click()
  await expect(page).toHaveURL(`${running.origin}/notifications/outbox?state=dead`)
  const row = page.getByRole('row', { name: /^Requests for Entra are refused.*, to ops@example\.com$/ })
  await expect(row).toContainText('550')
  await isAccessible(page)
  smtp.treat('accept')
  await row.getByRole('button', { name: /^Try again: message \d+$/ }).click()
  await expect(page.getByText('1 message is tried again.')).toBeVisible()
  await expect
    .poll(() => smtp.mails.map((each) => each.header('subject')).join('\n'), soon)
    .toContain('Requests for Entra are refused')
  await page.getByText(/^Delivered \(\d+\)$/).click()
  await expect(row).toContainText('Delivered')
})

test('a welcome mail is written with a live preview, tried, and switched on after a question', async ({
  page,
  running,
  smtp,
}) => {
  const { slug, token } = Created.parse(
    await running.rollcall('integrations', 'create', '--name', 'Entra', '--idp', 'entra'),
  )
  const entra = createClient(`${running.scim}/${slug}/v2`, token)
  await entra.create('/Users', user({ userName: 'bo@example.com', displayName: '<img src=x onerror=alert(1)>' }))
  await openConsole(page, running)
  await setUpMail(page, running.origin, smtp.port)
  await page.getByRole('link', { name: 'Welcome mail' }).click()
  const preview = page.getByRole('article', { name: 'The mail' })
  await expect(preview).toContainText('Welcome, Ada Lovelace')
  await page.getByLabel('Subject').fill('Hello {{displayName}}')
  await expect(preview).toContainText('Hello Ada Lovelace')
  await page.getByLabel('As it would be for').fill('bo@example.com')
  await expect(preview).toContainText('Hello <img src=x onerror=alert(1)>')
  await page.getByLabel('As it would be for').fill('')
  await page.getByLabel('Subject').fill('Hello {{nobody}}')
  await expect(page.getByText('There is no placeholder {{nobody}}.')).toBeVisible()
  await page.getByLabel('Subject').fill('Hello {{givenName}}')
  await expect(preview).toContainText('Hello Ada')
  await isAccessible(page)

  // More than the engine takes would keep the page busy for many seconds.
  const text = page.getByRole('textbox', { name: 'Text' })
  const before = await text.inputValue()
  await page.evaluate(() => navigator.clipboard.writeText('word '.repeat(200_000)))
  await text.press('Control+a')
  await text.press('Control+v')
  await expect(page.getByText('It is full with 100,000 characters.')).toBeVisible()
  expect((await text.inputValue()).length).toBe(100_000)
  await text.fill(before)

  const asHtml = page.getByRole('switch', { name: 'Also as HTML' })
  await asHtml.check({ force: true })
  await page.getByRole('textbox', { name: 'HTML' }).fill('<b>Long in the making</b>')
  await asHtml.uncheck({ force: true })
  await expect(page.getByRole('textbox', { name: 'HTML' })).toBeHidden()
  await asHtml.check({ force: true })
  await expect(page.getByRole('textbox', { name: 'HTML' })).toHaveValue('<b>Long in the making</b>')
  await asHtml.uncheck({ force: true })

  await page.getByLabel('Send it to').fill('me@example.com')
  await page.getByRole('button', { name: 'Send a test' }).click()
  await expect(page.getByText('It was taken for me@example.com.')).toBeVisible()
  expect(smtp.mails[0]?.header('subject')).toBe('Hello Ada')

  await page.getByRole('button', { name: 'Save the template' }).click()
  await expect(page.getByRole('button', { name: 'Save the template' })).toBeDisabled()
  await page.getByRole('button', { name: 'Switch it on' }).click()
  const dialog = page.getByRole('dialog', { name: 'Send a welcome mail to everybody whom Entra creates from now on?' })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Switch it on' }).click()
  await expect(page.getByText('whom Entra creates gets it once')).toBeVisible()
  expect(await running.rollcall('notify', 'welcome', 'show', slug)).toMatchObject({
    isEnabled: true,
    subject: 'Hello {{givenName}}',
  })
})

test('metrics are served only while they are switched on', async ({ page, running }) => {
  await openConsole(page, running, '/settings/endpoint')
  const metrics = page.getByRole('switch', { name: 'Serve metrics to Prometheus' })
  await expect(metrics).not.toBeChecked()
  expect((await fetch(`${running.origin}/metrics`)).status).toBe(404)
  await metrics.click({ force: true })
  await expect(page.getByText(`${running.origin}/metrics`)).toBeVisible()
  expect(await (await fetch(`${running.origin}/metrics`)).text()).toContain('rollcall_')
})

test('what is refused is told at its field, which has the focus', async ({ page, running }) => {
  await openConsole(page, running, '/notifications/mail')
  const server = page.getByRole('textbox', { name: 'Server' })
  const sender = page.getByRole('textbox', { name: 'Sender' })
  const isToldAt = async (field: typeof server, problem: RegExp) => {
    await expect(field).toBeFocused()
    await expect(field).toHaveAccessibleDescription(problem)
    await expect(page.getByRole('alert')).toHaveCount(0)
  }
  await server.fill('mail server')
  await sender.fill('nobody')
  await page.keyboard.press('Enter')
  await isToldAt(server, /"mail server" is no name or address of a mail server/)
  await server.fill('mail.example.com')
  await page.keyboard.press('Enter')
  await isToldAt(sender, /The sender is wrong: "nobody" is no e-mail address/)
  const recipient = page.getByRole('textbox', { name: 'E-mail address' })
  await recipient.fill('W'.repeat(5000))
  await page.getByRole('button', { name: 'Add the recipient' }).click()
  await isToldAt(recipient, /at most 320 characters/)

  await page.goto(`${running.origin}/notifications/webhooks?add`)
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await name.fill('\u200B\u2060')
  await page.getByRole('dialog').getByRole('textbox', { name: 'URL' }).fill('https://hooks.example.com')
  await page.getByRole('button', { name: 'Add the webhook' }).click()
  await isToldAt(name, /a name that can be seen/)

  await page.goto(`${running.origin}/attributes/new`)
  const attribute = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await attribute.fill('1st')
  await page.getByRole('button', { name: 'Define the attribute' }).click()
  await isToldAt(attribute, /A name starts with a letter/)

  await page.goto(`${running.origin}/integrations/new/entra`)
  const integration = page.getByRole('textbox', { name: 'Name of the integration' })
  await integration.fill('W'.repeat(300))
  await page.getByRole('button', { name: 'Create the integration' }).click()
  await isToldAt(integration, /at most 200 characters/)
})
