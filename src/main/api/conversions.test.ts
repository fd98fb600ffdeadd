import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Plan, PlanOutcome, PreviewStanding } from '../../contract/conversions.ts'
import type { Job } from '../../contract/jobs.ts'
import { eventually } from '../../../test/eventually.ts'
import { user } from '../../../test/people.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { startApi, type RunningApi } from './api.fixture.ts'

type Api = RunningApi['api']

const mail = (value: string): JsonObject => ({ emails: [{ type: 'work', value }] })

/** A directory as it grew: someone to convert, two in conflict, a broken address, none, an address, the administrator. */
async function withPeople(): Promise<RunningApi> {
  const running = await startApi()
  const people: readonly JsonObject[] = [
    { userName: 'jsmith', name: { givenName: 'John', familyName: 'Smith' }, ...mail('john.smith@example.com') },
    { userName: 'müller', name: { givenName: 'Jürgen', familyName: 'Müller' } },
    { userName: 'done@example.com' },
    { userName: 'twin1', ...mail('twin@example.com') },
    { userName: 'twin2', ...mail('TWIN@example.com') },
    { userName: 'broken', ...mail('broken at example') },
  ]
  const users = people.map((resource, n) => ({ line: n + 1, resource, role: undefined }))
  await running.engine.administer('import-users', { directory: 'main', users })
  return running
}

async function upload(api: Api, ...pieces: readonly string[]): Promise<string> {
  const id = crypto.randomUUID()
  for (const text of pieces) await api.conversions.upload({ upload: id, text })
  return id
}

/** The last word of the making of a preview. */
async function ending(api: Api): Promise<PreviewStanding> {
  const subscription = crypto.randomUUID()
  for await (const { seq, items } of await api.conversions.followPreview({ subscription })) {
    await api.system.acknowledge({ subscription, seq })
    const standing = items.at(-1)
    if (standing && standing.state !== 'working') return standing
  }
  throw new Error('the stream ended')
}

type Options = Parameters<Api['conversions']['beginPreview']>[0]['options']

async function preview(api: Api, options: Options = {}, lists: { list?: string; sought?: string } = {}): Promise<Plan> {
  await api.conversions.beginPreview({ options, ...lists })
  const { state, plan, problem } = await ending(api)
  if (state !== 'done' || plan === null) throw new Error(`the preview ended as ${state}: ${problem}`)
  return api.conversions.plan({ id: plan })
}

async function carryOut(api: Api, id: string): Promise<Job> {
  const { job } = await api.conversions.start({ id })
  return eventually(
    () => api.jobs.get({ id: job }),
    ({ state }) => state === 'done',
  )
}

async function names(api: Api, id: string, outcome: PlanOutcome | null = null, text = ''): Promise<readonly string[]> {
  const { items } = await api.conversions.users({ id, filter: { outcome, text } })
  return items.map((each) => each.userName)
}

async function textOf(stream: AsyncIterable<{ seq: number; items: readonly string[] }>): Promise<string> {
  let text = ''
  for await (const batch of stream) text += batch.items.join('')
  return text
}

test('a preview counts by outcome, pages by outcome and by the beginning of either name, and changes nothing', async () => {
  const { api } = await withPeople()
  expect(await api.conversions.latest({})).toBeNull()
  const plan = await preview(api)
  expect(plan).toMatchObject({
    total: 7,
    counts: { converts: 1, already: 1, 'no-address': 1, invalid: 1, conflict: 2, protected: 1 },
    undoes: null,
    job: null,
  })
  expect(await api.conversions.latest({})).toEqual(plan)
  expect(await names(api, plan.id, 'conflict')).toEqual(['twin1', 'twin2'])
  expect(await names(api, plan.id, null, 'TWIN')).toEqual(['twin1', 'twin2'])
  expect(await names(api, plan.id, null, 'john.s')).toEqual(['jsmith'])
  const first = await api.conversions.users({ id: plan.id, filter: {}, limit: 3 })
  expect(first.next).not.toBeNull()
  const rest = await api.conversions.users({ id: plan.id, filter: {}, after: first.next ?? 0 })
  expect(first.items.length + rest.items.length).toBe(7)
  expect(rest.next).toBeNull()
  expect((await api.users.search({ query: 'jsmith' })).items[0]?.userName).toBe('jsmith')
})

test('each way to mend a conflict follows for both, and is taken back', async () => {
  const { api } = await withPeople()
  const { id } = await preview(api)
  const [one, two] = (await api.conversions.users({ id, filter: { outcome: 'conflict' } })).items
  if (!one || !two) throw new Error('nobody is in conflict')
  const twin = await api.conversions.user({ id, user: one.id })
  expect(twin).toMatchObject({
    reason: 'Another user would get the same user ID.',
    rival: { userName: 'twin2' },
    decisions: ['address', 'skip', 'merge'],
    suggestion: 'twin2@example.com',
  })
  const decide = (decision: Parameters<Api['conversions']['decide']>[0]['decision'], who = one.id) =>
    api.conversions.decide({ id, user: who, decision })
  expect(await decide({ kind: 'address', target: 'twin.one@example.com' })).toMatchObject({
    plan: { counts: { converts: 3, conflict: 0 }, decisions: 1 },
    user: { outcome: 'converts', target: 'twin.one@example.com', origin: 'chosen', decision: 'address' },
  })
  expect(await decide({ kind: 'none' })).toMatchObject({ plan: { counts: { conflict: 2 }, decisions: 0 } })
  expect(await decide({ kind: 'skip' })).toMatchObject({ plan: { counts: { converts: 2, skipped: 1 } } })
  await decide({ kind: 'none' })
  expect(await decide({ kind: 'merge' }, two.id)).toMatchObject({ user: { outcome: 'merges' } })
  await expect(decide({ kind: 'address', target: 'no address' })).rejects.toThrow('no valid e-mail address')
  await expect(decide({ kind: 'skip' }, 'nobody')).rejects.toThrow('not part of the preview')
})

test('how many would get the same user ID is said of each of them', async () => {
  const { api, engine } = await withPeople()
  const third = { line: 1, resource: { userName: 'twin3', ...mail('twin@example.com') }, role: undefined }
  await engine.administer('import-users', { directory: 'main', users: [third] })
  const { id } = await preview(api)
  const { items } = await api.conversions.users({ id, filter: { outcome: 'conflict' } })
  expect(items.map(({ others, reason }) => ({ others, reason }))).toEqual(
    items.map(() => ({ others: 2, reason: '2 other users would get the same user ID.' })),
  )
  expect(items).toHaveLength(3)
  await api.conversions.decide({ id, user: items[2]?.id ?? '', decision: { kind: 'skip' } })
  expect(await api.conversions.user({ id, user: items[0]?.id ?? '' })).toMatchObject({
    others: 1,
    reason: 'Another user would get the same user ID.',
  })
})

test('the options are tried out on people of the directory, and what is wrong with them is said', async () => {
  const { api } = await withPeople()
  const pattern = '{name.givenName:1}{name.familyName}'
  const options = { sources: ['pattern' as const], pattern, domain: 'example.org', umlauts: 'german' as const }
  const { problem, users } = await api.conversions.tryOut({ options })
  expect(problem).toBeNull()
  expect(users.map(({ userName, target }) => [userName, target])).toEqual([
    ['jsmith', 'jsmith@example.org'],
    ['müller', 'jmueller@example.org'],
    ['twin1', null],
    ['twin2', null],
    ['broken', null],
  ])
  expect(users[2]?.reason).toBe('An attribute that the pattern names has no value.')
  const wrong = async (given: Options) => (await api.conversions.tryOut({ options: given })).problem
  expect(await wrong({ pattern: '{nickNames}', domain: 'example.org' })).toContain('nickNames')
  expect(await wrong({ sources: ['pattern'] })).toContain('needs a pattern or a domain')
  await expect(api.conversions.tryOut({ options: { domain: 'nowhere' } })).rejects.toThrow('is no domain')
  await expect(api.conversions.beginPreview({ options: { sources: ['pattern'] } })).rejects.toThrow('needs a pattern')
  const map = { from: 'corp.local', to: 'example.com' }
  await expect(api.conversions.tryOut({ options: { domainMap: [map, map] } })).rejects.toThrow('mapped twice')
})

test('a list in pieces decides first, and what of it leads nowhere is told', async () => {
  const { api } = await withPeople()
  const list = await upload(api, 'old;new\r\nmül', 'ler;juergen@example.com\r\nnobody;x@example.com\r\n')
  const plan = await preview(api, {}, { list })
  expect(plan.unusedOfList).toEqual({ count: 1, first: ['nobody'] })
  expect(plan.options?.hasList).toBe(true)
  const { items } = await api.conversions.users({ id: plan.id, filter: { text: 'müll' } })
  expect(items).toMatchObject([{ target: 'juergen@example.com', origin: 'csv', outcome: 'converts' }])
  await expect(preview(api, {}, { list })).rejects.toThrow('Choose it again')
  const broken = await upload(api, 'müller\n')
  await expect(preview(api, {}, { list: broken })).rejects.toThrow('Line 1 of the list needs an old and a new user ID')
})

test('a character of which the two halves come in two pieces of a list is one', async () => {
  const { api } = await withPeople()
  const text = 'old;new\r\n𠮷野;x@example.com\r\n'
  const middle = text.indexOf('𠮷') + 1
  const list = await upload(api, text.slice(0, middle), text.slice(middle))
  expect((await preview(api, {}, { list })).unusedOfList).toEqual({ count: 1, first: ['𠮷野'] })
})

test('what an identity provider would find is counted and listed', async () => {
  const { api } = await withPeople()
  const { id } = await preview(api)
  const sought = await upload(api, 'name,userPrincipalName\nJohn,John.Smith@example.com\nNew,new@example.com\n')
  const counts = { sought: 2, linkedBefore: 0, linked: 1, created: 1, leftBehind: 5 }
  expect(await api.conversions.match({ id, sought })).toEqual(counts)
  expect((await api.conversions.plan({ id })).match).toEqual(counts)
  expect(await api.conversions.soughtAnew({ id })).toEqual({ items: ['new@example.com'], next: null })
  const behind = await api.conversions.leftBehind({ id, limit: 2 })
  expect(behind.items.map((each) => each.userName)).toEqual(['müller', 'done@example.com'])
  expect((await api.conversions.leftBehind({ id, after: behind.next ?? 0 })).items).toHaveLength(3)
})

test('a preview is written as CSV that no spreadsheet runs', async () => {
  const { api, engine } = await withPeople()
  const formula = { line: 1, resource: { userName: '=HYPERLINK("x")' }, role: undefined }
  await engine.administer('import-users', { directory: 'main', users: [formula] })
  const { id } = await preview(api)
  const subscription = crypto.randomUUID()
  const text = await textOf(await api.conversions.export({ subscription, id, filter: {} }))
  expect(text.split('\r\n')[0]).toBe('userName,newUserName,outcome,reason,otherUser,source,decision,managedBy,id')
  expect(text).toContain('jsmith,john.smith@example.com,converts,,,primary,,local,')
  expect(text).toContain(`"'=HYPERLINK(""x"")"`)
  const only = await textOf(
    await api.conversions.export({ subscription: crypto.randomUUID(), id, filter: { outcome: 'conflict' } }),
  )
  expect(only.trim().split('\r\n')).toHaveLength(3)
})

test('a run is followed to its end, the person is found by both user IDs, and an undo with its preview brings all back', async () => {
  const { api, scim } = await withPeople()
  const { id } = await preview(api, { domain: 'example.org' })
  const { job } = await api.conversions.start({ id })
  const subscription = crypto.randomUUID()
  const states: string[] = []
  for await (const batch of await api.jobs.follow({ id: job, subscription })) {
    await api.system.acknowledge({ subscription, seq: batch.seq })
    states.push(...batch.items.map((each) => each.state))
  }
  expect(states.at(-1)).toBe('done')
  expect(await api.jobs.get({ id: job })).toMatchObject({
    kind: 'convert-user-ids',
    counts: { converted: 2, skipped: 4, failed: 0 },
    planned: { converts: 2, conflict: 2 },
    plan: id,
    undoable: 2,
  })
  const found = await scim.find('/Users', 'userName eq "JOHN.SMITH@example.com"')
  expect(found.at('/totalResults')).toBe(1)
  expect(await api.conversions.lookUp({ userName: 'JSMITH' })).toEqual([
    { id: expect.any(String), userName: 'john.smith@example.com', isPresent: false },
  ])
  expect(await api.conversions.lookUp({ userName: 'john.smith@example.com' })).toMatchObject([{ isPresent: true }])
  const mapping = await textOf(await api.conversions.mapping({ subscription: crypto.randomUUID(), job }))
  expect(mapping).toMatch(/^old,new,id,job\r\njsmith,john\.smith@example\.com,.*\r\nmüller,muller@example\.org,/)
  await expect(api.conversions.start({ id })).rejects.toThrow('carried out already')

  await api.conversions.beginUndoPreview({ job })
  const undoing = await api.conversions.plan({ id: (await ending(api)).plan ?? '' })
  expect(undoing).toMatchObject({ undoes: job, options: null, counts: { converts: 2, left: 0 } })
  expect(await carryOut(api, undoing.id)).toMatchObject({ undoes: job, counts: { restored: 2, left: 0 } })
  expect(await api.conversions.lookUp({ userName: 'john.smith@example.com' })).toEqual([])
  expect((await api.jobs.get({ id: job })).undoable).toBe(0)
  expect((await api.jobs.list({})).map((each) => [each.kind, each.state])).toEqual([
    ['undo-user-ids', 'done'],
    ['convert-user-ids', 'done'],
  ])
})

test('a preview whose job is not in the data, as after a restore, says that it is of other data', async () => {
  const before = await withPeople()
  const { id } = await preview(before.api, { domain: 'example.org' })
  const { id: job } = await carryOut(before.api, id)
  expect(await before.api.conversions.plan({ id })).toMatchObject({ job, isOfOtherData: false })
  const restored = await withPeople()
  cpSync(join(before.engine.dataDir, 'plans'), join(restored.engine.dataDir, 'plans'), { recursive: true })
  expect(await restored.api.conversions.plan({ id })).toMatchObject({ job: null, isOfOtherData: true })
  await expect(restored.api.conversions.start({ id })).rejects.toThrow('carried out already')
})

test('who was renamed since is left by the undo, and the job says so', async () => {
  const { api, scim } = await withPeople()
  const done = await carryOut(api, (await preview(api, { domain: 'example.org' })).id)
  const [found] = await api.conversions.lookUp({ userName: 'jsmith' })
  await scim.send('PATCH', `/Users/${found?.id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'userName', value: 'j.smith@example.com' }],
  })
  await api.conversions.beginUndoPreview({ job: done.id })
  const plan = await api.conversions.plan({ id: (await ending(api)).plan ?? '' })
  expect(plan.counts).toMatchObject({ converts: 1, left: 1 })
  const { items } = await api.conversions.users({ id: plan.id, filter: { outcome: 'left' } })
  expect(items).toMatchObject([{ userName: 'j.smith@example.com', reason: 'The user has been renamed since.' }])
})

test('a preview that is cancelled leaves the one before, and there is one at a time', async () => {
  const { api, engine } = await withPeople()
  const { id } = await preview(api)
  // A list whose end does not come holds the making of a preview up.
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  engine.previewWork.begin(1, undefined, async (watch) => {
    watch.onProgress?.({ phase: 'users', done: 1, total: 7 })
    await held
    watch.signal?.throwIfAborted()
    return engine.conversions.plan(id)
  })
  await expect(api.conversions.beginPreview({ options: {} })).rejects.toThrow('being made already')
  const watching = await api.conversions.followPreview({ subscription: crypto.randomUUID() })
  expect((await watching.next()).value).toMatchObject({ items: [{ state: 'working', done: 1, total: 7 }] })
  await watching.return?.()
  await api.conversions.cancelPreview({})
  letGo()
  expect(await ending(api)).toMatchObject({ state: 'cancelled', plan: null })
  expect((await api.conversions.latest({}))?.id).toBe(id)
})

test('a user whom an identity provider manages is converted only when that is said', async () => {
  const { api, scim } = await startApi()
  await scim.post('/Users', user({ userName: 'managed', ...mail('managed@example.com') }))
  const left = await preview(api)
  const { items } = await api.conversions.users({ id: left.id, filter: { text: 'managed' } })
  expect(items).toMatchObject([{ outcome: 'protected', isScimManaged: true, decisions: [] }])
  expect((await preview(api, { includeScim: true })).counts.converts).toBe(1)
})

test('a preview that is gone is an address that leads nowhere', async () => {
  const { api } = await withPeople()
  const { id } = await preview(api)
  await preview(api, { domain: 'example.org' })
  await expect(api.conversions.plan({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(api.conversions.users({ id, filter: {} })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(api.jobs.get({ id: 99 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a job is paused, resumed and cancelled; what it has left is told with the reason', async () => {
  const { api, scim } = await withPeople()
  const { id } = await preview(api, { domain: 'example.org' })
  // Changed since the preview: the run leaves her.
  const [row] = (await api.conversions.users({ id, filter: { text: 'jsmith' } })).items
  await scim.send('DELETE', `/Users/${row?.id}`, undefined)
  const { job } = await api.conversions.start({ id })
  expect((await api.jobs.act({ id: job, act: 'pause' })).state).toBe('paused')
  await expect(api.jobs.act({ id: job, act: 'pause' })).rejects.toThrow('cannot be paused')
  await expect(api.conversions.decide({ id, user: row?.id ?? '', decision: { kind: 'skip' } })).rejects.toThrow(
    'being carried out',
  )
  await api.jobs.act({ id: job, act: 'resume' })
  await eventually(
    () => api.jobs.get({ id: job }),
    ({ state }) => state === 'done',
  )
  expect(await api.jobs.remarks({ id: job })).toEqual({
    items: [
      {
        seq: expect.any(Number),
        id: row?.id,
        userName: 'jsmith',
        target: 'john.smith@example.com',
        outcome: 'skipped',
        reason: expect.stringContaining('since the preview'),
      },
    ],
    next: null,
  })
  const next = await preview(api, { direction: 'to-short-name' })
  const other = await api.conversions.start({ id: next.id })
  await api.jobs.act({ id: other.job, act: 'pause' })
  expect(await api.jobs.act({ id: other.job, act: 'cancel' })).toMatchObject({ state: 'cancelled' })
})
