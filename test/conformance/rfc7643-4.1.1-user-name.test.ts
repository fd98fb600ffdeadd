import { afterAll, describe, expect, test } from 'vitest'
import { group, user } from '../people.ts'
import { startServer } from '../server.ts'

const server = await startServer()
afterAll(server.stop)
const { scim } = server

// RFC 7643 §4.1.1: userName is case-insensitive, and nothing says that case is a matter of ASCII.
const pairs: readonly (readonly [what: string, stored: string, asked: string])[] = [
  ['umlauts', 'ÄRGER', 'ärger'],
  ['sharp s', 'STRASSE', 'straße'],
  ['final sigma', 'ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
  ['Cyrillic', 'ИВАН', 'иван'],
  ['composed and decomposed', 'ren\u00e9e', 'rene\u0301e'],
  ['composed capital and decomposed', 'R\u00c9MI', 're\u0301mi'],
  ['ligature', 'ﬁona', 'FIONA'],
]

describe.each(pairs)('userName with %s: %s and %s', (_, stored, asked) => {
  const [storedName, askedName] = [`${stored}@fold.test`, `${asked}@fold.test`]

  test('is one name to the filter, to uniqueness and to changes', async () => {
    const id = await scim.create('/Users', user({ userName: storedName }))

    const found = await scim.find('/Users', `userName eq "${askedName}"`)
    expect(found.texts('/userName')).toEqual([storedName])

    const duplicate = await scim.post('/Users', user({ userName: askedName }))
    expect(duplicate.status).toBe(409)

    const other = await scim.create('/Users', user())
    const rename = await scim.patch(`/Users/${other}`, [{ op: 'replace', path: 'userName', value: askedName }])
    expect(rename.status).toBe(409)

    expect((await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'userName', value: askedName }])).status).toBe(200)
  })

  test('is one name to the other operators and to group names', async () => {
    const prefix = await scim.find('/Users', `userName sw "${stored}"`)
    expect(prefix.at('/totalResults')).toBe(1)
    const inside = await scim.find('/Users', `userName co "${asked}@fold"`)
    expect(inside.at('/totalResults')).toBe(1)
    expect((await scim.find('/Users', `userName ne "${asked}@fold.test"`)).texts('/userName')).not.toContain(askedName)
    await scim.create('/Groups', group(stored))
    expect((await scim.post('/Groups', group(asked))).status).toBe(409)
  })
})

test('names that differ by an accent are two names', async () => {
  await scim.create('/Users', user({ userName: 'jose@fold.test' }))
  expect((await scim.post('/Users', user({ userName: 'josé@fold.test' }))).status).toBe(201)
})

test('other text attributes fold alike in a filter', async () => {
  const id = await scim.create('/Users', user({ displayName: 'Größe', title: 'ÜBERSETZER' }))
  expect((await scim.find('/Users', 'displayName eq "GRÖSSE"')).texts('/id')).toEqual([id])
  expect((await scim.find('/Users', 'title co "übersetz"')).texts('/id')).toEqual([id])
})
