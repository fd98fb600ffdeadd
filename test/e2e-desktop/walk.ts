import type { Page } from '@playwright/test'
import { createClient } from '../client.ts'
import { user } from '../people.ts'
import { expect } from './desktop.ts'

/**
 * What holds in the desktop app whatever runs it, Electron or its stand-in: the console without a sign-in, over the port, with an endpoint
 * behind it; a page that is isolated, confined and under its policy.
 */
export async function walkThrough(page: Page, scim: string): Promise<void> {
  await expect(page.getByText('Listening')).toBeVisible()
  await page.getByRole('link', { name: 'Connect an identity provider' }).click()
  await page.getByRole('link', { name: /^Okta/ }).click()
  await page.getByRole('button', { name: 'Create the integration' }).click()
  const dialog = page.getByRole('dialog', { name: 'New token for Okta' })
  const token = (await dialog.getByLabel('The token').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'Copy Token' }).click()
  await expect(dialog.getByRole('button', { name: 'Copy Token' })).toHaveText('Copied')
  await dialog.getByLabel('I have stored it').check()
  await dialog.getByRole('button', { name: 'Done' }).click()

  const okta = createClient(`${scim}/okta/v2`, token)
  expect((await okta.post('/Users', user({ userName: 'ana@example.com', displayName: 'Ana Moss' }))).status).toBe(201)
  await page.getByRole('link', { name: 'Users', exact: true }).click()
  await expect(page.getByRole('row', { name: /Ana Moss/ })).toBeVisible()

  const { names, title } = await page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'document.title = "run"'
    document.body.append(script)
    window.open('https://evil.example/')
    location.assign('https://evil.example/')
    return {
      names: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      title: document.title,
    }
  })
  expect(names).toEqual([])
  expect(title).not.toBe('run')
  await page.getByRole('link', { name: 'Overview', exact: true }).click()
  await expect(page.getByText('Listening')).toBeVisible()
  await expect.poll(() => page.context().pages().length).toBe(1)
}
