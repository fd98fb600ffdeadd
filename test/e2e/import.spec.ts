import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { user } from '../people.ts'
import { expect, openConsole, test } from './console.ts'
import { connectEntra } from './people.ts'

const file = (lines: readonly string[]) => ({
  name: 'people.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(`userName,displayName,title,active\n${lines.join('\n')}\n`),
})

test('an import is seen before it is written, and tells what became of each line', async ({ page, running }) => {
  const entra = await connectEntra(running)
  const id = await entra.create('/Users', user({ userName: 'cy', title: 'Engineer' }))
  await openConsole(page, running, '/users')
  await page.getByRole('link', { name: 'Import' }).click()
  await expect(page.getByRole('group', { name: 'The file' }).getByRole('button')).toHaveCount(1)
  await page
    .getByLabel('CSV file')
    .setInputFiles(file(['ana,Ana,Clerk,true', 'bo,Bo,Clerk,', 'cy,,Boss,', 'di,Di,x,maybe', 'ANA,Twice,,']))
  await expect(page.getByRole('status').getByText('2 will be created')).toBeVisible()
  await expect(page.getByText('1 will be changed')).toBeVisible()
  await expect(page.getByText('2 cannot be imported')).toBeVisible()
  await expect(page).toHaveURL(/\/users\/import\/[\w-]{36}$/)
  await page.getByText('Change 1').click()
  await expect(page.getByRole('row', { name: 'Line 4, cy' })).toContainText('title: Engineer → Boss')
  await page.getByText('Refused 2').click()
  await expect(page.getByRole('row', { name: 'Line 5, di' })).toContainText('"active" must be true or false')
  await expect(page.getByRole('row', { name: 'Line 6, ANA' })).toContainText('stands in line 2 already')
  await page.reload()
  await expect(page.getByText('2 cannot be imported')).toBeVisible()
  expect((await entra.get('/Users')).at('/totalResults')).toBe(1)

  await page.getByLabel('Leave 1 person alone whom an identity provider manages').check()
  await page.getByRole('button', { name: 'Import 2 people' }).press('Enter')
  await page
    .getByRole('dialog', { name: 'Import 2 people from people.csv?' })
    .getByRole('button', { name: 'Import 2 people' })
    .press('Enter')
  await expect(page.getByText('Done: 3 of 3 people')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Import people' })).toBeFocused()
  await expect(page.getByText('2 created')).toBeVisible()
  await expect(page.getByText('1 left alone')).toBeVisible()
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the result as CSV' }).click(),
  ])
  const lines = readFileSync(await saved.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(lines.map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
    'line,userName,outcome',
    '2,ana,created',
    '3,bo,created',
    '4,cy,left',
    '5,di,refused',
    '6,ANA,refused',
  ])
  expect((await entra.get(`/Users/${id}`)).at('/title')).toBe('Engineer')
  await page.getByRole('link', { name: 'Show the people' }).click()
  await expect(page.getByRole('row', { name: /^Ana, ana/ })).toBeVisible()
})

test('an import is stopped half-way; what is done stays', async ({ page, running }) => {
  await openConsole(page, running, '/users/import')
  const people = Array.from({ length: 40_000 }, (_, n) => `person${n},Person ${n},Clerk,true`)
  await page.getByLabel('CSV file').setInputFiles(file(people))
  await page.getByRole('button', { name: 'Import 40,000 people' }).click({ timeout: 30_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Import 40,000 people' }).click()
  await page.getByRole('button', { name: 'Stop here' }).click()
  await expect(page.getByText(/^Stopped; what was done stays/)).toBeVisible()
  await page.getByRole('link', { name: 'Show the people' }).click()
  await expect(page.getByRole('row', { name: /person0/ }).first()).toBeVisible()
})

test('an import that cannot be stopped, for want of a connection, says so', async ({ page, running }) => {
  await openConsole(page, running, '/users/import')
  const people = Array.from({ length: 20_000 }, (_, n) => `person${n},Person ${n},Clerk,true`)
  await page.getByLabel('CSV file').setInputFiles(file(people))
  await page.getByRole('button', { name: 'Import 20,000 people' }).click({ timeout: 30_000 })
  await page.getByRole('dialog').getByRole('button', { name: 'Import 20,000 people' }).click()
  const stop = page.getByRole('button', { name: 'Stop here' })
  await stop.waitFor()
  await running.restart(async () => {
    await expect(page.getByText('Not connected to Rollcall')).toBeVisible()
    await stop.click()
    await expect(page.getByRole('alert').filter({ hasText: 'The import was not stopped' })).toBeVisible()
  })
  await expect(page.getByText('This import is not there any more')).toBeVisible({ timeout: 30_000 })
})

test('a file that is none is told what to do, and a server that was restarted says so', async ({ page, running }) => {
  await openConsole(page, running, '/users/import')
  await page.getByLabel('CSV file').setInputFiles({
    name: 'wrong.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name;colour\nana;red\n'),
  })
  await expect(page.getByText('wrong.csv cannot be imported.')).toBeVisible()
  await expect(page.getByText('The column "name"')).toBeVisible()
  await page.getByRole('link', { name: 'Choose a file' }).click()
  await page.getByLabel('CSV file').setInputFiles(file([]))
  await expect(page.getByText('has a header and no rows. Write a line for each user below the header.')).toBeVisible()
  await page.getByRole('link', { name: 'Choose a file' }).click()
  await page.getByLabel('CSV file').setInputFiles(file(['ana,Ana,Clerk,true']))
  await expect(page.getByText('1 will be created')).toBeVisible()
  await running.restart()
  await expect(page.getByText('This import is not there any more')).toBeVisible({ timeout: 30_000 })
})

test('a file that is too large is refused, and can be chosen again once it is smaller', async ({ page, running }) => {
  const path = join(running.dataDir, 'people.csv')
  writeFileSync(path, 'userName\nana\n')
  truncateSync(path, 64 * 1024 ** 2 + 1)
  await openConsole(page, running, '/users/import')
  const choose = page.getByLabel('CSV file')
  await choose.setInputFiles(path)
  await expect(page.getByText('The file has 65 MB; here it can have at most 64 MB.')).toBeVisible()
  await expect(choose).toHaveValue('')
  truncateSync(path, 'userName\nana\n'.length)
  await choose.setInputFiles(path)
  await expect(page.getByText('1 will be created')).toBeVisible()
})
