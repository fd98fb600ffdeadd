import type { Locator } from '@playwright/test'
import { group, user } from '../people.ts'
import { expect, openConsole, test } from './console.ts'
import { connectEntra, visit } from './people.ts'

/** Whether these words, which stand in a line of an element, are seen in this order, each from left to right. */
function isReadAs(line: Locator, ...words: readonly string[]): Promise<boolean> {
  return line.evaluate((element, sought) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    const places: { readonly node: Node; readonly offset: number }[] = []
    let text = ''
    while (walker.nextNode()) {
      const { currentNode: node } = walker
      for (let offset = 0; offset < (node.nodeValue ?? '').length; offset += 1) places.push({ node, offset })
      text += node.nodeValue ?? ''
    }
    const box = (at: number) => {
      const place = places[at]
      if (!place) throw new Error(`not in “${text}”`)
      const range = document.createRange()
      range.setStart(place.node, place.offset)
      range.setEnd(place.node, place.offset + 1)
      return range.getBoundingClientRect()
    }
    let from = 0
    const edges = sought.map((word) => {
      const at = text.indexOf(word, from)
      from = at + word.length
      const ends = [box(at), box(from - 1)]
      const isHebrew = /\p{Script=Hebrew}/u.test(word)
      const [left, right] = isHebrew ? ends.toReversed() : ends
      return { left: left?.left ?? 0, right: right?.right ?? 0 }
    })
    return edges.every(({ left, right }, n) => left < right && left >= (edges[n - 1]?.right ?? -Infinity) - 1)
  }, words)
}

/** Whether the first letter of a name is in sight, and its last one cut off. */
function isCutAtItsEnd(name: Locator): Promise<boolean> {
  return name.evaluate((element) => {
    const text = element.firstChild
    const cell = element.closest('td')?.getBoundingClientRect()
    if (!text || !cell) throw new Error('no name in a cell')
    const letter = (at: number) => {
      const range = document.createRange()
      range.setStart(text, at)
      range.setEnd(text, at + 1)
      return range.getBoundingClientRect()
    }
    const isInside = ({ left, right }: DOMRect) => left >= cell.left - 1 && right <= cell.right + 1
    return isInside(letter(0)) && !isInside(letter((text.nodeValue ?? '').length - 1))
  })
}

test('a name that turns the direction of writing leaves the words around it alone, and is cut at its own end', async ({
  page,
  running,
}) => {
  const entra = await connectEntra(running)
  const userName = 'noa\u202Eevil'
  const noa = await entra.create('/Users', user({ userName, displayName: 'Noa \u202Eevil', title: 'מנהלת' }))
  await entra.post('/Users', user({ userName }))
  await entra.patch(`/Users/${noa}`, [{ op: 'replace', path: 'title', value: 'יועצת' }])
  const team = await entra.create('/Groups', group('Team \u202Eevil', [noa]))
  await openConsole(page, running)
  const title = (words: string) => page.getByRole('dialog').getByRole('heading').filter({ hasText: words })

  await visit(page, running, '/requests')
  const created = page.getByRole('row', { name: /Create user .*conflict/ }).getByRole('link')
  await expect(created).toBeVisible()
  expect.soft(await isReadAs(created, 'Create user', 'conflict')).toBe(true)
  await visit(page, running, '/requests?filter=op:%22create+user%22+status:201')
  await page.getByRole('row', { name: /Create user/ }).click()
  await page.getByRole('tab', { name: 'Change' }).click()
  const changed = page.getByRole('heading', { name: /was created/ })
  await expect(changed).toBeVisible()
  expect.soft(await isReadAs(changed, 'User', 'was created')).toBe(true)

  const company = 'שם ארוך מאוד של חברה גדולה '.repeat(8).trim()
  await entra.create('/Users', user({ displayName: company }))
  await visit(page, running, '/users')
  const cut = page.getByRole('table', { name: 'People' }).getByText(company)
  await expect(cut).toBeVisible()
  expect.soft(await isCutAtItsEnd(cut)).toBe(true)

  await visit(page, running, `/users/${noa}/history`)
  const values = page.getByText('מנהלת → יועצת')
  await expect(values).toBeVisible()
  expect.soft(await isReadAs(values, 'מנהלת', '→', 'יועצת')).toBe(true)

  await visit(page, running, `/users/${noa}/groups`)
  await page.getByRole('button', { name: 'Add to a group' }).click()
  await expect(title('to a group')).toBeVisible()
  expect.soft(await isReadAs(title('to a group'), 'Add', 'to a group')).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Take out of/ }).click()
  await expect(title('out of')).toBeVisible()
  expect.soft(await isReadAs(title('out of'), 'Take', 'out of', 'Team', '?')).toBe(true)

  await visit(page, running, `/groups/${team}`)
  await page.getByRole('button', { name: 'Archive' }).click()
  const consequence = page.getByRole('dialog').getByText('goes out of sight')
  await expect(consequence).toBeVisible()
  expect.soft(await isReadAs(consequence, 'Team', 'goes out of')).toBe(true)

  await running.rollcall('integrations', 'create', '--name', 'Okta \u202Evil', '--idp', 'okta', '--slug', 'vil')
  await visit(page, running, '/integrations/vil/tokens')
  await page.getByRole('button', { name: 'Revoke' }).click()
  await expect(title('Revoke the token')).toBeVisible()
  expect.soft(await isReadAs(title('Revoke the token'), 'Revoke', 'Okta', 'used', '?')).toBe(true)
})
