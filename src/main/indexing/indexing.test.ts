import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { why } from '../endpoint/journal-entry.fixture.ts'
import { startEngine, type RunningEngine } from '../running-engine.fixture.ts'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { lookupsBefore } from './lookup-watch.ts'

const employeeNumber = `${enterpriseUserSchemaUrn}:employeeNumber`
const lookUpBy = (path: string, value: string) => `/Users?filter=${encodeURIComponent(`${path} eq "${value}"`)}`
const lookUp = (number: number) => lookUpBy(employeeNumber, `e${number}`)

/** Seven people, where more than three are many. */
async function startWithPeople(): Promise<RunningEngine> {
  const running = await startEngine({ limits: { costlyFrom: 3 } })
  for (let n = 0; n < 7; n += 1)
    await running.scim.create(
      '/Users',
      user({ title: 'Clerk', nickName: `Nick ${n}`, [enterpriseUserSchemaUrn]: { employeeNumber: `E${n}` } }),
    )
  return running
}

/** The indexes as a person sees them: attribute, state and why each was made. */
function indexesOf({ engine }: RunningEngine): readonly (readonly string[])[] {
  return engine.reads.lookupIndexes.ofDirectory(1).map(({ attribute, state, origin }) => [attribute, state, origin])
}

const looksAtAll = expect.stringContaining('all 7 users had to be looked at')

test('who is looked up by an attribute again and again is found by an index of it after that', async () => {
  const running = await startWithPeople()
  const { scim } = running
  const first = await scim.get(lookUp(1))
  expect(await why(running, first)).toContainEqual(looksAtAll)
  for (let n = 1; n < lookupsBefore; n += 1) {
    expect(indexesOf(running)).toEqual([])
    expect((await scim.get(lookUp(n % 7))).body).toMatchObject({ totalResults: 1 })
  }
  await eventually(
    () => Promise.resolve(indexesOf(running)),
    ([index]) => index?.[1] === 'ready',
    20_000,
  )
  expect(indexesOf(running)).toEqual([['employeeNumber', 'ready', 'lookups']])
  const told = running.engine.troubles.newest(10).map(({ message }) => message)
  expect(told).toContainEqual(expect.stringContaining(`Users are looked up by ${employeeNumber}`))
  const late = await scim.get(lookUp(1))
  expect(late.body).toEqual(first.body)
  expect(await why(running, late)).not.toContainEqual(looksAtAll)
  // Who comes, changes and goes is found, and found no more, as without it.
  const id = await scim.create('/Users', user({ [enterpriseUserSchemaUrn]: { employeeNumber: 'E8' } }))
  expect((await scim.get(lookUp(8))).textAt('/Resources/0/id')).toBe(id)
  await scim.patch(`/Users/${id}`, [{ op: 'replace', path: employeeNumber, value: 'E9' }])
  expect((await scim.get(lookUp(8))).body).toMatchObject({ totalResults: 0 })
  expect((await scim.get(lookUp(9))).body).toMatchObject({ totalResults: 1 })
  await scim.delete(`/Users/${id}`)
  expect((await scim.get(lookUp(9))).body).toMatchObject({ totalResults: 0 })
})

test('what is searched for over all types is learned from as well', async () => {
  const running = await startWithPeople()
  const { scim } = running
  const search = () =>
    scim.post('/.search', {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      filter: `${employeeNumber} eq "e1"`,
    })
  const first = await search()
  expect(await why(running, first)).toContainEqual(looksAtAll)
  for (let n = 1; n < lookupsBefore; n += 1) await search()
  await eventually(
    () => Promise.resolve(indexesOf(running)),
    ([index]) => index?.[1] === 'ready',
    20_000,
  )
  const late = await search()
  expect(late.body).toEqual(first.body)
  expect(await why(running, late)).not.toContainEqual(looksAtAll)
})

test('what an integration matches by gets its index when a server starts, where it has none', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-indexing-'))
  onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }))
  const before = await startEngine({ dataDir })
  const { engine, slug } = before
  const draft = { name: 'badge', type: 'string', multiValued: false, urn: 'urn:example:acme:2.0:User' }
  await engine.administer('add-attribute', { directory: 'main', draft })
  const matchBy = (value: string) =>
    engine.administer('set-policy', { slug, changes: [{ name: 'matchingAttribute', value }] })
  await matchBy('nickName')
  await engine.administer('remove-lookup-index', { directory: 'main', path: 'nickName' })
  const { slug: other } = await engine.tokens.createIntegration({
    name: 'Other',
    idp: 'okta',
    directory: 'main',
    slug: undefined,
  })
  await matchBy(`${draft.urn}:badge`)
  await engine.administer('set-policy', { slug: other, changes: [{ name: 'matchingAttribute', value: 'nickName' }] })
  // With the attribute goes its index, and nothing else knows that the policy names it.
  const { id } = await engine.administer('begin-attribute-removal', { directory: 'main', ...draft })
  await engine.administer('remove-attribute-values', { directory: 'main', id, afterSeq: 0 })
  await engine.administer('add-attribute', { directory: 'main', draft })
  await eventually(
    () => Promise.resolve(indexesOf(before)),
    (indexes) => indexes.every(([, state]) => state === 'declined'),
    20_000,
  )
  const after = await startEngine({ dataDir })
  await eventually(
    () => Promise.resolve(indexesOf(after)),
    (indexes) => indexes.some(([, state]) => state === 'ready'),
    20_000,
  )
  expect(indexesOf(after)).toEqual([
    ['nickName', 'declined', 'matching-attribute'],
    ['badge', 'ready', 'matching-attribute'],
  ])
  expect(after.engine.troubles.newest(10).map(({ message }) => message)).toContainEqual(
    `An integration matches users by ${draft.urn}:badge, which has no index yet. One is being made; see: rollcall indexes list`,
  )
})

test('a user whose stored record cannot be read holds up the index of the attribute alone, and is not passed by', async () => {
  const running = await startWithPeople()
  const { scim, engine, dataDir } = running
  await engine.administer('create-directory', { slug: 'other', name: undefined })
  const id = await scim.create('/Users', user({ userName: 'broken@people.test' }))
  const mend = breakDocument(dataDir, id)
  await engine.administer('add-lookup-index', { directory: 'main', path: 'nickName' })
  await engine.administer('add-lookup-index', { directory: 'other', path: 'nickName' })
  const told = () =>
    engine.troubles
      .newest(100)
      .map(({ message }) => message)
      .filter((message) => message.includes('index'))
  await eventually(
    () => Promise.resolve(told()),
    (messages) => messages.length > 1,
    20_000,
  )
  expect(told()).toEqual([
    'The index of nickName is made: users are found by it at once.',
    expect.stringContaining('The index of nickName gets no further: the stored record of "broken@people.test"'),
  ])
  expect(indexesOf(running)).toEqual([['nickName', 'building', 'admin']])
  mend()
  const [begun] = engine.reads.lookupIndexes.ofDirectory(1)
  expect(await engine.indexKeeper.finish(begun?.id ?? 0, () => false)).toMatchObject({ state: 'ready' })
})

test('no index is made of what many have in common, nor again of what the admin has removed', async () => {
  const running = await startWithPeople()
  const { scim, engine } = running
  await engine.administer('add-lookup-index', { directory: 'main', path: 'nickName' })
  await engine.administer('remove-lookup-index', { directory: 'main', path: 'nickName' })
  for (let n = 0; n <= lookupsBefore; n += 1) {
    await scim.get(lookUpBy('title', 'clerk'))
    await scim.get(lookUpBy('nickName', 'nick 1'))
  }
  await eventually(
    () => Promise.resolve(indexesOf(running)),
    ([index]) => index?.[1] === 'declined',
    20_000,
  )
  expect(indexesOf(running)).toEqual([['nickName', 'declined', 'admin']])
  expect(await why(running, await scim.get(lookUpBy('nickName', 'nick 1')))).toContain(
    'The index of "nickName" was removed: all 7 users had to be looked at. It is not made again by itself, but with "rollcall indexes add nickName".',
  )
})

test('lookups that find no place in the queue say nothing of how many match', async () => {
  const running = await startWithPeople()
  const { scim, engine } = running
  // More at once than may wait: the rest is answered with 503.
  await Promise.all(Array.from({ length: 120 }, () => scim.get(lookUpBy('title', 'clerk'))))
  // Whatever they have led to is written before this.
  await engine.administer('add-lookup-index', { directory: 'main', path: 'nickName' })
  expect(indexesOf(running).map(([attribute]) => attribute)).toEqual(['nickName'])
})

test('where no more indexes are made by themselves, the operator is told once how to make one', async () => {
  const running = await startWithPeople()
  const { scim, engine } = running
  await engine.administer('create-directory', { slug: 'other', name: undefined })
  const places = ['title', 'userType', 'locale', 'timezone'].map((attribute) => ({
    extension: '',
    attribute,
    sub_attribute: '',
  }))
  for (const place of places) await engine.administer('learn-lookup-index', { directoryId: 1, place })
  const told = () =>
    engine.troubles
      .newest(100)
      .map(({ message }) => message)
      .filter((message) => message.includes('rollcall indexes add'))
  for (let n = 0; n < lookupsBefore; n += 1) await scim.get(lookUpBy('nickName', 'nick 1'))
  await eventually(
    () => Promise.resolve(told()),
    (messages) => messages.length > 0,
    20_000,
  )
  for (let n = 0; n < lookupsBefore; n += 1) await scim.get(lookUpBy('nickName', 'nick 1'))
  expect(await why(running, await scim.get(lookUpBy('nickName', 'nick 1')))).toContainEqual(
    expect.stringMatching(/No more are made by themselves.*"rollcall indexes add nickName --directory main" makes one/),
  )
  expect(told()).toEqual([
    expect.stringMatching(/^Users are looked up by nickName, .* rollcall indexes add nickName --directory main$/),
  ])
  expect(indexesOf(running).map(([attribute]) => attribute)).not.toContain('nickName')
})
