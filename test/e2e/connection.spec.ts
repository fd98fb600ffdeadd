import { once } from 'node:events'
import { createServer } from 'node:net'
import { z } from 'zod'
import { createClient } from '../client.ts'
import { expect, openConsole, test, type RunningConsole } from './console.ts'

/** A new address that opens the console once. */
async function linkOf(running: RunningConsole): Promise<string> {
  return z.object({ console: z.url() }).parse(await running.rollcall('console', 'url')).console
}

test('a server that comes back is found by itself, with the same session, and the stream goes on', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/integrations/new/entra')
  await page.getByRole('button', { name: 'Create the integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'New token for Entra ID' })
  const token = (await dialog.getByLabel('The token').textContent()) ?? ''
  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.goto(`${running.origin}/integrations/entra-id/requests`)
  await expect(page.getByText('No request has come yet')).toBeVisible()
  const entra = createClient(`${running.scim}/entra-id/v2`, token)
  await entra.get('/Users')
  await expect(page.getByRole('row', { name: /List users/ })).toHaveCount(1)

  const restarting = running.restart()
  await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
  await restarting
  await entra.get('/Groups')
  await expect(page.getByText('Not connected to Rollcall')).toBeHidden({ timeout: 20_000 })
  await expect(page.getByRole('row', { name: /List groups/ })).toHaveCount(1, { timeout: 20_000 })
  await expect(page.getByRole('row', { name: /List users/ })).toHaveCount(1)
  expect(running.log()).toBe('')
})

test('what is asked for while there is no connection is refused, and does not happen later', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/settings/endpoint')
  const size = page.getByLabel('Largest request')
  await size.fill('9')
  await running.restart(async () => {
    await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
    await page.getByRole('button', { name: 'Save the size' }).click()
    await expect(page.getByText('Rollcall could not be reached, so nothing was changed')).toBeVisible()
  })
  await expect(page.getByText('Not connected to Rollcall')).toBeHidden({ timeout: 20_000 })
  await page.reload()
  await expect(size).toHaveValue('4')
  await size.fill('9')
  await page.getByRole('button', { name: 'Save the size' }).click()
  await expect(page.getByRole('button', { name: 'Save the size' })).toBeDisabled()
})

test('a question that is asked again does not begin with what went wrong the time before', async ({
  page,
  running,
}) => {
  await running.rollcall('integrations', 'create', '--name', 'Okta', '--idp', 'okta')
  await openConsole(page, running, '/settings/endpoint')
  const ask = page.getByRole('button', { name: 'Pause the integration' })
  const question = page.getByRole('dialog', { name: 'Pause the integration?' })
  const problem = question.getByText('nothing was changed')
  await ask.waitFor()
  await running.restart(async () => {
    await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
    for (let time = 0; time < 2; time += 1) {
      await ask.click()
      await expect(question).toBeVisible()
      await expect(problem).toBeHidden()
      await question.getByRole('button', { name: 'Pause them' }).click()
      await expect(problem).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(question).toBeHidden()
    }
  })
})

test('a change whose answer is lost with the connection is not said to have failed', async ({ page, running }) => {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer()
    let isSaving = false
    socket.onMessage((message) => {
      isSaving ||= message.toString().includes('badge')
      server.send(message)
    })
    server.onMessage((message) => {
      if (isSaving) void socket.close()
      else socket.send(message)
    })
  })
  await openConsole(page, running, '/attributes/new')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('badge')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('not known whether this was done')
  await expect(dialog.getByText('Nothing was defined')).toBeHidden()
  expect(JSON.stringify(await running.rollcall('attributes', 'list'))).toContain('badge')
})

test('a session that is ended shows the way back in', async ({ page, running }) => {
  await openConsole(page, running)
  await running.rollcall('console', 'sign-out', 'all', '--yes')
  await expect(page.getByText('rollcall console url', { exact: true })).toBeVisible({ timeout: 15_000 })
  expect(page.url()).toBe(`${running.origin}/`)
  // The same page, of which only what follows the # is new.
  await page.goto(await linkOf(running))
  await expect(page.getByText('Listening')).toBeVisible()
  expect(page.url()).toBe(`${running.origin}/`)
})

test('what is not saved when the session ends is out of reach, and comes back with the next one', async ({
  page,
  running,
}) => {
  await openConsole(page, running, '/users/new')
  const userName = page.getByRole('textbox', { name: 'userName' })
  await userName.fill('ana.moss')
  await running.rollcall('console', 'sign-out', 'all', '--yes')
  await expect(page.getByText('What you have not saved is kept')).toBeVisible({ timeout: 15_000 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toHaveCount(1)
  await page.keyboard.type('?jk')
  const other = await page.context().newPage()
  await other.goto(await linkOf(running))
  await expect(userName).toHaveValue('ana.moss')
  await expect(userName).toBeFocused()
  await expect(page).toHaveTitle('Add a person · Rollcall')

  await page.keyboard.press('Control+k')
  await page.keyboard.type('sign out')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Leave' }).click()
  await expect(page.getByText('rollcall console url', { exact: true })).toBeVisible()
  await expect(page.getByText('What you have not saved is kept')).toBeHidden()
})

test('what another process changes is shown without a reload', async ({ page, running }) => {
  await openConsole(page, running)
  await running.rollcall('integrations', 'create', '--name', 'Okta staging', '--idp', 'okta')
  await expect(page.getByRole('link', { name: 'Okta staging' })).toBeVisible()
  await expect(page.getByText('Waiting for the first request from Okta.')).toBeVisible()
})

test('the endpoint is stopped after a question, and listens again', async ({ page, running }) => {
  await openConsole(page, running)
  await page.getByRole('button', { name: /Listening/ }).click()
  await page.getByRole('menuitem', { name: 'Stop listening' }).click()
  await page
    .getByRole('dialog', { name: 'Stop the SCIM endpoint?' })
    .getByRole('button', { name: 'Stop listening' })
    .click()
  await expect(page.getByRole('button', { name: /Stopped/ })).toBeVisible()
  await expect(page.getByText('The SCIM endpoint is stopped')).toBeVisible()
  await expect(fetch(`${running.scim}/v2/Users`)).rejects.toThrow('fetch failed')
  const listenAgain = async () => {
    await page.getByRole('button', { name: /Stopped/ }).click()
    await page.getByRole('menuitem', { name: 'Listen again' }).click()
  }
  const other = createServer().listen(Number(new URL(running.scim).port), '127.0.0.1')
  await once(other, 'listening')
  await listenAgain()
  await expect(page.getByRole('alert').filter({ hasText: 'in use' })).toBeVisible()
  other.close()
  await listenAgain()
  await expect(page.getByRole('button', { name: /Listening/ })).toBeVisible()
  expect((await fetch(`${running.scim}/v2/Users`)).status).toBe(401)
})

test('a screen whose script is gone after an update says so, and the second try reloads the page', async ({
  page,
  running,
}) => {
  await openConsole(page, running)
  const gone = '**/assets/settings-page-*.js'
  await page.route(gone, (route) => route.fulfill({ status: 404 }))
  const settings = page.getByRole('link', { name: 'Settings', exact: true })
  await settings.click()
  await expect(page.getByRole('heading', { name: 'Rollcall was updated' })).toBeVisible()
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Rollcall was updated' })).toBeHidden()
  await page.unroute(gone)
  await settings.click()
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()

  await page.route('**/assets/users-page-*.js', (route) => route.fulfill({ status: 404 }))
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Rollcall was updated' })).toBeVisible()
  await page.unroute('**/assets/users-page-*.js')
  await page.getByRole('button', { name: 'Reload the page' }).click()
  await expect(page.getByRole('heading', { name: 'Users', level: 1 })).toBeVisible()
})

test('a screen that was opened without a connection opens by itself once there is one', async ({ page, running }) => {
  await openConsole(page, running)
  await running.restart(async () => {
    await expect(page.getByRole('alert').getByText('Not connected to Rollcall')).toBeVisible()
    await page.getByRole('link', { name: 'Groups', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'This screen could not be fetched' })).toBeVisible()
  })
  await expect(page.getByRole('heading', { name: 'Groups', level: 1 })).toBeVisible({ timeout: 30_000 })
  await expect(page).toHaveURL(`${running.origin}/groups`)
})
