import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { generatePeople, seedPeople } from '../../src/main/conversion/people.fixture.ts'
import { createClient, type Client } from '../client.ts'
import { runJsonCommand } from '../command-line.ts'
import { isAccessible } from './axe.ts'
import { expect, openConsole, startConsole, test, type RunningConsole } from './console.ts'

const Created = z.object({ slug: z.string(), token: z.string() })

/** So many people take the run long enough to be watched and stopped. */
const crowd = 30_000
const seed = 11

interface Populated {
  readonly running: RunningConsole
  readonly scim: Client
}

/** A console over a directory that was filled before its start. */
async function startPopulated(fill: (dataDir: string) => void | Promise<unknown>): Promise<Populated> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-conversion-'))
  const given = ['integrations', 'create', '--name', 'Entra ID', '--idp', 'entra', '--vault', 'file']
  const { slug, token } = Created.parse(await runJsonCommand(dataDir, given))
  await fill(dataDir)
  const running = await startConsole({ dataDir })
  return {
    running: {
      ...running,
      async stop() {
        await running.stop()
        rmSync(dataDir, { recursive: true, force: true })
      },
    },
    scim: createClient(`${running.scim}/${slug}/v2`, token),
  }
}

const people = `userName,displayName,name.givenName,name.familyName,email
jsmith,John Smith,John,Smith,john.smith@example.com
müller,Jürgen Müller,Jürgen,Müller,
done@example.com,Done,,,
twin1,Twin,,,twin@example.com
twin2,Twin,,,TWIN@example.com
`

function startSmall(): Promise<Populated> {
  return startPopulated((dataDir) => {
    const file = join(dataDir, 'people.csv')
    writeFileSync(file, people)
    return runJsonCommand(dataDir, ['users', 'import', file, '--yes'])
  })
}

async function howMany(scim: Client, userName: string): Promise<unknown> {
  return (await scim.find('/Users', `userName eq "${userName}"`)).at('/totalResults')
}

/** How far the job on the screen has come. */
async function done(page: Page): Promise<number> {
  const text = await page.getByText(/^[\d,]+ of [\d,]+ people$/).textContent()
  return Number(text?.split(' ')[0]?.replaceAll(',', ''))
}

const state = (page: Page, word: string) => page.getByRole('main').locator('header').getByText(word, { exact: true })

test('a whole directory is previewed, a conflict mended, the run watched, paused, cancelled, and undone', async ({
  page,
}) => {
  test.slow()
  const { running, scim } = await startPopulated((dataDir) => void seedPeople(dataDir, crowd, seed))
  try {
    await openConsole(page, running)
    await page.getByRole('link', { name: 'User IDs' }).click()
    await expect(page.getByText('For example')).toBeVisible()
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page).toHaveURL(/\/conversion\/preview\/[\w-]+$/, { timeout: 60_000 })
    await expect(page.getByText('29,100 of 30,001 will change')).toBeVisible()
    const filters = page.getByRole('navigation', { name: 'Filter by outcome' })
    await expect(filters.getByRole('link', { name: 'Protected 1', exact: true })).toBeVisible()
    await expect(filters.getByRole('link', { name: 'Invalid 300' })).toBeVisible()

    // A conflict, by the keyboard.
    await filters.getByRole('link', { name: 'Conflicts 600' }).click()
    await expect(page).toHaveURL(/outcome=conflicts/)
    await expect(page.locator('table[aria-rowcount="601"][aria-busy="false"]')).toBeVisible()
    await expect(
      page.getByRole('row', { name: /Conflict\. Another user would get the same user ID/ }).first(),
    ).toBeVisible()
    await page.keyboard.press('j')
    await expect(page.locator('tr[data-row]').first()).toBeFocused()
    await page.keyboard.press('Enter')
    const person = page.getByRole('complementary', { name: 'Person' })
    await expect(person.getByText('Another user would get the same user ID.')).toBeVisible()
    await person.getByLabel('Another user ID').fill('somebody.else@corp.example')
    await page.keyboard.press('Enter')
    await expect(person.getByText('You chose this address.')).toBeVisible()
    await expect(filters.getByRole('link', { name: 'Conflicts 598' })).toBeVisible()
    await expect(page.getByText('29,102 of 30,001 will change · made')).toBeVisible()
    const next = page.locator('table[aria-rowcount="599"] tr[data-outcome=conflict]:focus')
    await expect(next).not.toHaveAttribute('aria-current')
    const place = Number(await next.getAttribute('data-row'))
    await page.keyboard.press('j')
    await expect(page.locator(`tr[data-row="${place + 1}"]`)).toBeFocused()

    // The list is long, and only what is in sight is drawn.
    await page.goto(page.url().replace(/\?.*/, '?outcome=converts'))
    const rows = page.locator('tr[data-row]')
    await expect(rows.first()).toBeVisible()
    expect(await rows.count()).toBeLessThan(80)

    await page.getByRole('button', { name: 'Convert 29,102' }).click()
    const question = page.getByRole('dialog', { name: 'Convert the user IDs of 29,102 people?' })
    await expect(
      question.getByText('899 stay as they are: 598 in conflict, 300 with an invalid address, 1 protected.'),
    ).toBeVisible()
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await question.getByRole('button', { name: 'Convert 29,102 user IDs' }).click()
    await expect(page).toHaveURL(/\/conversion\/jobs\/1$/)
    await expect(page.getByText(/^[1-9][\d,]* of 29,102 people$/)).toBeVisible()
    await expect(page.getByText(/people a second · about .* left/)).toBeVisible()

    // What is shown comes from the engine: it is the same after a reload and after a restart of the server.
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(state(page, 'Paused')).toBeVisible()
    const paused = await done(page)
    expect(paused).toBeGreaterThan(0)
    expect(paused).toBeLessThan(29_102)
    await page.reload()
    await expect(state(page, 'Paused')).toBeVisible()
    expect(await done(page)).toBe(paused)
    await isAccessible(page)
    const resumeByPalette = async () => {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog', { name: 'Search everything' })).toBeVisible()
      await page.keyboard.type('resume conversion')
      await expect(page.getByRole('button', { name: 'Resume conversion 1' })).toBeVisible()
      await page.keyboard.press('Enter')
    }
    await running.restart(async () => {
      await expect(page.getByText('Not connected to Rollcall').first()).toBeVisible()
      const refusals = page.getByRole('alert').filter({ hasText: 'nothing was changed' })
      await page.getByRole('button', { name: 'Resume' }).click()
      await expect(refusals).toHaveCount(1)
      // What became of another act is not what would become of this one.
      await page.getByRole('button', { name: 'Cancel the job' }).click()
      const cancelling = page.getByRole('dialog', { name: /^Cancel with/ })
      await expect(cancelling).toBeVisible()
      await expect(refusals).toHaveCount(0)
      await cancelling.getByRole('button', { name: 'Cancel', exact: true }).click()
      await expect(refusals).toHaveCount(1)
      await resumeByPalette()
      await expect(refusals).toHaveCount(2)
    })
    await page.getByText('Listening').waitFor({ timeout: 20_000 })
    await resumeByPalette()
    await expect(state(page, 'Running')).toBeVisible()
    // It is told of as it goes on, and not only when the screen is asked anew.
    const seen = new Set<number>()
    await expect.poll(async () => seen.add(await done(page)).size, { intervals: [50] }).toBeGreaterThan(3)
    expect(Math.max(...seen)).toBeGreaterThan(paused)

    await page.getByRole('button', { name: 'Cancel the job' }).click()
    const cancelling = page.getByRole('dialog', { name: /^Cancel with [\d,]+ of 29,102 done\?$/ })
    await expect(cancelling.getByText('What is done can be undone afterwards.')).toBeVisible()
    await cancelling.getByRole('button', { name: 'Cancel the job' }).click()
    await expect(state(page, 'Cancelled')).toBeVisible()
    await expect(page.getByText(/What was done stays done\. [\d,]+ people have the new user ID\./)).toBeVisible()

    // Whom the run has reached, an identity provider finds by the address.
    const first = [...generatePeople(10, seed)].find(({ fate }) => fate === 'converts')
    if (!first) throw new Error('nobody converts')
    expect(await howMany(scim, first.address)).toBe(1)
    expect(await howMany(scim, first.userName)).toBe(0)

    await page.getByRole('button', { name: 'Preview the undo' }).click()
    await expect(page.getByRole('heading', { name: 'Preview: undo of conversion 1' })).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Undo the conversion' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give them back' }).click()
    await expect(page).toHaveURL(/\/conversion\/jobs\/2$/)
    await expect(state(page, 'Done')).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(/[\d,]+ restored, 0 left as they were/).last()).toBeVisible()
    expect(await howMany(scim, first.address)).toBe(0)
    expect(await howMany(scim, first.userName)).toBe(1)
    await page.getByRole('link', { name: 'Jobs' }).click()
    await expect(page.getByRole('row', { name: /^Undo of conversion 1, Done/ })).toBeVisible()
    await expect(page.getByRole('row', { name: /^Conversion 1, Cancelled/ })).toBeVisible()
  } finally {
    await running.stop()
  }
})

test('a preview that has just been begun is shown as such, whatever the stream told before', async ({ page }) => {
  const { running } = await startSmall()
  try {
    const held: (() => void)[] = []
    let isHeld = true
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      socket.connectToServer().onMessage((message) => {
        const send = () => socket.send(message)
        // How the preview stands, as the stream tells it and not as the answer does.
        if (isHeld && /"seq":.*"undoes":.*"(?:working|done)"/.test(String(message))) held.push(send)
        else send()
      })
    })
    await openConsole(page, running, '/conversion')
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page.getByRole('button', { name: 'Cancel the preview' })).toBeVisible()
    await expect(page.getByText('The server was restarted')).toHaveCount(0)
    isHeld = false
    for (const send of held) send()
    await expect(page.getByRole('heading', { name: 'Preview of the conversion' })).toBeVisible()

    // Where a preview comes to nothing, what it was to be made of is still there.
    await page.goBack()
    const list = page.getByRole('textbox', { name: 'List of old and new user IDs' })
    await list.fill('jsmith,john@example.com')
    isHeld = true
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page.getByRole('button', { name: 'Cancel the preview' })).toBeVisible()
    await expect(list).toBeHidden()
    isHeld = false
    await running.restart()
    await expect(page.getByText('The server was restarted before the preview was made')).toBeVisible()
    await expect(list).toHaveValue('jsmith,john@example.com')
  } finally {
    await running.stop()
  }
})

test('while there is no connection, the preview and the run stand still and say so', async ({ page }) => {
  test.slow()
  const { running } = await startPopulated((dataDir) => void seedPeople(dataDir, crowd, seed))
  try {
    // What comes behind such a message is held back, so that neither is over before the connection is cut.
    const wire: { last?: RegExp; isHeld: boolean; isSilent: boolean; close: () => void } = {
      isHeld: false,
      isSilent: false,
      close: () => {},
    }
    await page.routeWebSocket(/\/rpc$/, (socket) => {
      if (wire.isHeld) {
        void socket.close()
        return
      }
      wire.close = () => void socket.close()
      socket.connectToServer().onMessage((message) => {
        if (wire.isHeld || wire.isSilent) return
        wire.isHeld = wire.last?.test(String(message)) === true
        // What counts nothing is over in no time, and its bar is the one that moves.
        socket.send(wire.isHeld ? String(message).replace('"phase":"users"', '"phase":"settle"') : message)
      })
    })
    const holdAfter = async (message: RegExp, act: () => Promise<void>) => {
      wire.last = message
      await act()
      await expect.poll(() => wire.isHeld).toBe(true)
    }
    const lost = page.getByRole('status').filter({ hasText: 'Not connected to Rollcall' })
    await openConsole(page, running)
    await page.getByRole('link', { name: 'User IDs' }).click()
    await holdAfter(/"items":\[\{.*"state":"working"/, () =>
      page.getByRole('button', { name: 'Preview the conversion' }).click(),
    )
    await expect(page.getByText('Looking who would be in whose way')).toBeVisible()
    const moving = page.getByRole('main').locator('[data-animated]')
    await expect(moving).toHaveCount(1)
    wire.close()
    await expect(lost).toContainText('This is how the preview stood when it was last heard of.')
    await expect(moving).toHaveCount(0)

    delete wire.last
    wire.isHeld = false
    // The page tries again by itself.
    await expect(page).toHaveURL(/\/conversion\/preview\/[\w-]+$/, { timeout: 60_000 })
    await page.getByRole('button', { name: /^Convert [\d,]+$/ }).click()
    await holdAfter(/"items":\[\{.*"rate":[1-9]/, () =>
      page
        .getByRole('dialog')
        .getByRole('button', { name: /^Convert [\d,]+ user IDs$/ })
        .click(),
    )
    await expect(page.getByText(/people a second/)).toBeVisible()
    wire.close()
    await expect(lost).toContainText('This is how the job stood when it was last heard of.')
    await expect(page.getByText('Pace not known: no connection')).toBeVisible()
    await expect(page.getByText(/people a second/)).toBeHidden()

    delete wire.last
    wire.isSilent = true
    wire.isHeld = false
    const unheard = page.getByText('Connected again, and not heard of it yet')
    await expect(unheard).toBeVisible({ timeout: 60_000 })
    wire.isSilent = false
    wire.close()
    await expect(
      page
        .getByRole('heading', { name: 'Result' })
        .or(page.getByText(/people a second/))
        .first(),
    ).toBeVisible({ timeout: 60_000 })
    await expect(unheard).toBeHidden()
  } finally {
    await running.stop()
  }
})

test('sources are put in order by the keyboard, and the example follows', async ({ page }) => {
  const { running } = await startSmall()
  try {
    await openConsole(page, running, '/conversion')
    await expect(page.getByText('john.smith@example.com primary e-mail')).toBeVisible()
    await page.getByLabel('Domain', { exact: true }).fill('example.org')
    await page.getByLabel('Pattern', { exact: true }).fill('{name.givenName:1}{name.familyName}')
    const pattern = page.getByRole('checkbox', { name: 'A pattern, or the user ID in a domain' })
    await pattern.focus()
    for (let n = 0; n < 4; n += 1) await page.keyboard.press('Alt+ArrowUp')
    await expect(page.getByText('jsmith@example.org pattern')).toBeVisible()
    await expect(page.getByText('A pattern, or the user ID in a domain: now 1 of 5')).toBeAttached()
    await page.getByRole('button', { name: 'Move down: A pattern, or the user ID in a domain' }).click()
    await page.getByRole('button', { name: 'Move down: A pattern, or the user ID in a domain' }).click()
    await expect(page.getByText('john.smith@example.com primary e-mail')).toBeVisible()
    const sources = page.getByRole('list', { name: 'Where the new user ID comes from' }).getByRole('listitem')
    await sources.filter({ hasText: 'A pattern' }).dragTo(sources.first())
    await expect(sources.first()).toContainText('A pattern')
    await expect(page.getByText('jsmith@example.org pattern')).toBeVisible()
    await page.getByLabel('Pattern', { exact: true }).fill('{nonsense}')
    await expect(page.getByText('These options cannot be used yet')).toBeVisible()
    await page.getByLabel('Convert people whom an identity provider manages, too').check()
    await expect(page.getByText('Change the identity provider’s mapping of userName first')).toBeVisible()
  } finally {
    await running.stop()
  }
})

test('why somebody is not converted is read whole in the list, however long, and the keys find the rows all the same', async ({
  page,
}) => {
  const pairs = 100
  const long = 'constantinopolitanerin'.repeat(4)
  const lines = Array.from({ length: pairs }, (_, n) => [
    `${long}-a${n},Twin,,,twin${n}@example.com`,
    `${long}-b${n},Twin,,,TWIN${n}@example.com`,
  ])
  const { running } = await startPopulated((dataDir) => {
    const file = join(dataDir, 'people.csv')
    writeFileSync(file, `userName,displayName,name.givenName,name.familyName,email\n${lines.flat().join('\n')}\n`)
    return runJsonCommand(dataDir, ['users', 'import', file, '--yes'])
  })
  try {
    await openConsole(page, running, '/conversion')
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await page.getByRole('link', { name: 'Conflicts 200' }).click()
    // Until those that were chosen are there, the rows are those of everybody, and go with the focus in them.
    await page.locator(`[aria-rowcount="${2 * pairs + 1}"]`).waitFor()
    for (const width of [1280, 390])
      await test.step(`${width} px`, async () => {
        await page.setViewportSize({ width, height: 800 })
        const rows = page.locator('tr[data-row]')
        await rows.first().focus()
        await page.keyboard.press('Home')
        for (const [key, row] of [
          ['ArrowDown', 1],
          ['End', 2 * pairs - 1],
          ['ArrowUp', 2 * pairs - 2],
          ['Home', 0],
        ] as const) {
          await page.keyboard.press(key)
          const focused = page.locator(`tr[data-row="${row}"]`)
          await expect(focused).toBeFocused()
          await expect
            .poll(() =>
              focused.evaluate((each) => {
                const frame = each.closest('div')?.getBoundingClientRect()
                const { top, bottom } = each.getBoundingClientRect()
                return frame !== undefined && top >= frame.top + 31 && bottom <= frame.bottom + 1
              }),
            )
            .toBe(true)
          const cut = rows.locator('td:nth-child(4) > *').evaluateAll((whys) =>
            whys.filter((why) => {
              const cell = why.closest('td')
              const text = document.createRange()
              text.selectNodeContents(why)
              const [{ right, bottom }, box] = [text.getBoundingClientRect(), cell?.getBoundingClientRect()]
              return !why.textContent.endsWith(')') || !box || right > box.right || bottom > box.bottom
            }),
          )
          expect(await cut).toHaveLength(0)
        }
        expect(await rows.count()).toBeLessThan(80)
      })
  } finally {
    await running.stop()
  }
})

test('from a list to the mapping: decisions, what an IdP would match, the run, and the look-up by an old user ID', async ({
  page,
}) => {
  const { running, scim } = await startSmall()
  try {
    await openConsole(page, running, '/conversion')
    const field = page.getByRole('textbox', { name: 'List of old and new user IDs' })

    // A field with megabytes in it would stop the page for half a minute.
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await field.focus()
    await page.evaluate(() => {
      const lines = Array.from({ length: 120_000 }, (_, n) => `person${n},person.number.${n}@example.com`)
      return navigator.clipboard.writeText(lines.join('\n'))
    })
    await page.keyboard.press('Control+v')
    await expect(page.getByText('120,000 lines pasted')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Take it away' })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(field).toBeFocused()

    await field.fill('old,new\nmüller,juergen@example.com\nnobody,x@example.com')
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page.getByText('1 user ID of your list leads nowhere')).toBeVisible()
    await expect(page.getByText('2 of 6 will change')).toBeVisible()

    // Each decision, and the way back from it.
    await page.getByRole('row', { name: /^twin1, becomes/ }).click()
    const person = page.getByRole('complementary', { name: 'Person' })
    await person.getByRole('button', { name: 'Leave as it is' }).click()
    await expect(person.getByText('You chose to leave this user as it is.')).toBeVisible()
    await expect(page.getByText('3 of 6 will change')).toBeVisible()
    await person.getByRole('button', { name: 'Take the decision back' }).click()
    await expect(page.getByText('2 of 6 will change')).toBeVisible()
    await expect(person.getByRole('heading', { name: 'Person' })).toBeFocused()
    await person.getByRole('button', { name: 'Merge into the other person' }).click()
    await expect(person.getByText('You chose to merge this user into the other one.')).toBeVisible()
    await expect(page.getByText('4 of 6 will change, 1 of them by a merge')).toBeVisible()
    await expect(person.getByText('Archived: its user ID is not changed')).toBeVisible()
    await expect(person.getByRole('link', { name: 'twin2' })).toBeVisible()
    await expect(page.getByRole('row', { name: 'twin1, is archived, twin2 stays: Merges' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(person).toBeHidden()

    await page.getByRole('button', { name: 'IdP match' }).click()
    const match = page.getByRole('dialog', { name: 'What your identity provider would match' })
    await match.getByRole('textbox', { name: 'Its userNames' }).fill('john.smith@example.com\nnew.person@example.com')
    await match.getByRole('button', { name: 'Compare' }).click()
    await expect(match.getByText('1 of 2 userNames linked')).toBeVisible()
    const anew = match.getByRole('list', { name: 'Created anew' })
    await expect(anew.getByText('new.person@example.com')).toBeVisible()
    // It scrolls, by keyboard as well.
    await anew.focus()
    await expect(anew).toBeFocused()
    await page.keyboard.press('Escape')

    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save as CSV' }).click()
    expect(readFileSync(await (await saving).path(), 'utf8')).toContain('jsmith,john.smith@example.com,converts')

    const preview = page.url()
    await page.getByRole('button', { name: 'Convert 3 and merge 1' }).click()
    const question = page.getByRole('dialog', { name: 'Convert the user IDs of 3 people and merge 1?' })
    await question.getByRole('button', { name: 'Convert 3 user IDs and merge 1' }).click()
    await expect(state(page, 'Done')).toBeVisible()
    // Neither dialog stands on the way back.
    await page.goBack()
    await expect(page).toHaveURL(preview)
    await expect(page.getByText('This preview has been carried out')).toBeVisible()
    await expect(page.getByText('4 of 6 were to change')).toBeVisible()
    await page.getByRole('link', { name: 'See the job' }).click()
    await expect(page.getByText('3 converted, 1 merged, 1 left as it was').last()).toBeVisible()
    expect(await howMany(scim, 'john.smith@example.com')).toBe(1)

    const mapping = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Save old and new user IDs' }).click()
    expect(readFileSync(await (await mapping).path(), 'utf8')).toContain('jsmith,john.smith@example.com,')

    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Search everything' })).toBeVisible()
    await page.keyboard.type('old user id')
    await expect(page.getByRole('button', { name: /Look somebody up by an old user ID/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await page.getByLabel('User ID, old or present').fill('JSMITH')
    await page.keyboard.press('Enter')
    await expect(page.getByText('had it before a conversion')).toBeVisible()
    await page.getByRole('link', { name: 'john.smith@example.com' }).click()
    await expect(page).toHaveURL(/\/users\/[\w-]+$/)
    await page.goBack()
    await expect(page).toHaveURL(/old-ids\?q=JSMITH$/)
    const box = page.getByLabel('User ID, old or present')
    await box.fill('nobody')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Nobody has or had the user ID')).toBeVisible()
    await page.goBack()
    await expect(box).toHaveValue('JSMITH')
  } finally {
    await running.stop()
  }
})

test('another directory has previews, jobs and old user IDs of its own', async ({ page }) => {
  const { running } = await startPopulated(async (dataDir) => {
    await runJsonCommand(dataDir, ['directories', 'create', 'school', '--name', 'School'])
    for (const [directory, rows] of [
      ['main', 'jsmith,john.smith@example.com'],
      ['school', 'amy,amy@school.example\nben,ben@school.example'],
    ] as const) {
      const file = join(dataDir, `${directory}.csv`)
      writeFileSync(file, `userName,email\n${rows}\n`)
      await runJsonCommand(dataDir, ['users', 'import', file, '--yes', '--directory', directory])
    }
  })
  try {
    await openConsole(page, running, '/conversion')
    await expect(page.getByText('john.smith@example.com primary e-mail')).toBeVisible()
    await page.getByRole('combobox', { name: 'Directory' }).click()
    await page.getByRole('option', { name: 'School' }).click()
    await expect(page.getByText('amy@school.example primary e-mail')).toBeVisible()
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page.getByText('2 of 3 will change')).toBeVisible()
    await page.getByRole('button', { name: 'Convert 2' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Convert 2 user IDs' }).click()
    await expect(state(page, 'Done')).toBeVisible()

    // An address without the directory leads into it all the same.
    await page.goto(`${running.origin}/conversion/jobs/1`)
    await expect(page).toHaveURL(/\/conversion\/jobs\/1\?directory=school$/)
    await page.getByRole('link', { name: 'See its preview' }).click()
    await expect(page.getByText('2 of 3 were to change')).toBeVisible()
    await page.goto(page.url().replace(/\?.*/, '?outcome=converts'))
    await expect(page).toHaveURL(/\?outcome=converts&directory=school$/)

    await page.goto(`${running.origin}/conversion/jobs`)
    await expect(page.getByText('Nothing has been converted yet')).toBeVisible()
    await page.goto(`${running.origin}/conversion/old-ids?q=amy`)
    await expect(page.getByText('Nobody has or had the user ID')).toBeVisible()
    await page.getByRole('combobox', { name: 'Directory' }).click()
    await page.getByRole('option', { name: 'School' }).click()
    await page.getByLabel('User ID, old or present').fill('amy')
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'amy@school.example' }).click()
    await expect(page).toHaveURL(/\/users\/[\w-]+\?directory=school$/)
    await expect(page.getByRole('heading', { name: 'amy@school.example' })).toBeVisible()

    await page.goto(`${running.origin}/conversion/jobs/1?directory=school`)
    await page.getByRole('button', { name: 'Preview the undo' }).click()
    await page.getByRole('button', { name: 'Undo the conversion' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Give them back' }).click()
    await expect(page).toHaveURL(/\/conversion\/jobs\/2\?directory=school$/)
    await expect(page.getByText('2 restored, 0 left as they were').last()).toBeVisible()
  } finally {
    await running.stop()
  }
})

test('a file of another encoding is refused, one in UTF-8 is used', async ({ page }) => {
  const { running } = await startSmall()
  try {
    await openConsole(page, running, '/conversion')
    const choose = page.locator('input[type=file]')
    const file = (bytes: Buffer) => ({ name: 'ids.csv', mimeType: 'text/csv', buffer: bytes })
    await choose.setInputFiles(file(Buffer.from('m\u00fcller,x@example.com', 'latin1')))
    await expect(page.getByText('ids.csv is not UTF-8 text. Save it as “CSV UTF-8”.')).toBeVisible()
    await expect(choose).toHaveValue('')
    await choose.setInputFiles(file(Buffer.from('\ufeffmüller;juergen@example.com\r\n')))
    await expect(page.getByText('1 line of ids.csv')).toBeVisible()
    await page.getByRole('button', { name: 'Preview the conversion' }).click()
    await expect(page.getByRole('row', { name: /^müller, becomes juergen@example\.com: Converts/ })).toBeVisible()
  } finally {
    await running.stop()
  }
})

for (const scheme of ['light', 'dark'] as const)
  test(`axe finds nothing serious in details, dialogs and a result in the ${scheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' })
    const { running } = await startSmall()
    try {
      await openConsole(page, running, '/conversion')
      await page.getByRole('textbox', { name: 'Domain', exact: true }).fill('example.org')
      await page.getByRole('button', { name: 'Replace a domain' }).click()
      await page.getByLabel('Convert people whom an identity provider manages, too').check()
      await isAccessible(page)
      await page.getByRole('button', { name: 'Preview the conversion' }).click()
      await page.getByRole('row', { name: /^twin1, becomes/ }).click()
      await expect(page.getByRole('button', { name: 'Merge into the other person' })).toBeVisible()
      await isAccessible(page)
      await page.getByRole('button', { name: 'IdP match' }).click()
      await page.getByRole('textbox', { name: 'Its userNames' }).fill('new.person@example.com')
      await page.getByRole('button', { name: 'Compare' }).click()
      await expect(page.getByText('0 of 1 userName linked')).toBeVisible()
      await isAccessible(page)
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Convert 2' }).click()
      await expect(page.getByRole('dialog', { name: 'Convert the user IDs of 2 people?' })).toBeVisible()
      await isAccessible(page)
      await page.getByRole('button', { name: 'Convert 2 user IDs' }).click()
      await expect(state(page, 'Done')).toBeVisible()
      await isAccessible(page)
    } finally {
      await running.stop()
    }
  })

test('addresses that lead nowhere say so', async ({ page, running }) => {
  await openConsole(page, running)
  for (const [path, text] of [
    ['/conversion/preview/00000000-0000-4000-8000-000000000000', 'This preview is gone'],
    ['/conversion/preview/nonsense', 'This preview is gone'],
    ['/users/import/nonsense', 'This import is not there any more'],
    ['/conversion/preview/latest', 'There is no preview yet'],
    ['/conversion/jobs/7', 'There is no job 7'],
    ['/conversion/jobs', 'Nothing has been converted yet'],
    ['/conversion/nonsense', 'There is no such part of the conversion'],
    ['/conversion/old-ids?q=nobody', 'Nobody has or had the user ID “nobody”'],
  ] as const) {
    await page.goto(running.origin + path)
    await expect(page.getByText(text)).toBeVisible()
  }
})
