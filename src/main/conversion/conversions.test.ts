import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseFilter } from '../../scim/filter/parse.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { createModels } from '../../scim/model/models.ts'
import { base, bodyOf, patch, statusOf } from '../directory/test-directory.fixture.ts'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { firstPace } from '../jobs/pace.ts'
import { parseConversionOptions } from './targets/conversion-options.ts'
import { type Convertible, namesOf, openConvertible } from './conversion.fixture.ts'

let directory: Convertible

beforeEach(() => {
  directory = openConvertible()
})

afterEach(() => directory.close())

const lookUp = (userName: string) => directory.store.users.byUserNameKey(directory.directoryId, userName.toLowerCase())

describe('a preview', () => {
  it('says of every user what would become of it, and why', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    await directory.addPerson('bob@example.com', 'bob@example.com')
    await directory.addLocal('carl')
    await directory.addPerson('dora', 'dora at example')
    await directory.addPerson('eve', 'same@example.com')
    await directory.addPerson('fred', 'SAME@example.com')
    await directory.addPerson('gina', 'bob@EXAMPLE.com')
    directory.addUser('hal', { emails: [{ value: 'hal@example.com', primary: true }] })
    const plan = await directory.preview()
    expect(directory.outcomes(plan)).toEqual({
      admin: 'protected: local-administrator',
      ada: 'converts',
      'bob@example.com': 'already',
      carl: 'no-address: no-source',
      dora: 'invalid: not-an-address',
      eve: 'conflict: same-target',
      fred: 'conflict: same-target',
      gina: 'conflict: taken',
      hal: 'protected: scim-managed',
    })
    expect(plan.counts).toMatchObject({
      converts: 1,
      already: 1,
      'no-address': 1,
      invalid: 1,
      conflict: 3,
      protected: 2,
    })
  })

  it('leaves whose stored record is damaged, and says so, while the others are converted', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    await directory.addPerson('bea', 'bea@example.com')
    breakDocument(directory.dataDir, directory.idOf('bea'))
    await directory.addPerson('carl', 'carl@example.com')
    const plan = await directory.preview()
    expect(directory.outcomes(plan)).toMatchObject({
      ada: 'converts',
      bea: 'no-address: damaged-record',
      carl: 'converts',
    })
    breakDocument(directory.dataDir, directory.idOf('carl'))
    const job = await directory.carryOut(plan)
    expect(job).toMatchObject({ state: 'done', counts: { converted: 1, failed: 0 } })
    breakDocument(directory.dataDir, directory.idOf('ada@example.com'))
    expect(await directory.undo(job.id)).toMatchObject({ state: 'done', counts: { restored: 0, left: 1 } })
  })

  it('changes nothing', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const before = directory.connection.serialize()
    await directory.preview()
    expect(directory.connection.serialize().equals(before)).toBe(true)
  })

  it('counts an archived user as the owner of its userName', async () => {
    const id = directory.addUser('ada@example.com')
    directory.request('DELETE', `/Users/${id}`)
    await directory.addPerson('ada', 'ada@example.com')
    expect(directory.outcomes(await directory.preview())).toMatchObject({ ada: 'conflict: taken-archived' })
  })

  it('takes texts for equal that differ in case, width or composition, and keeps the dotless i apart', async () => {
    await directory.addPerson('a1', 'jos\u00e9@example.com')
    await directory.addPerson('a2', 'jose\u0301@example.com')
    await directory.addPerson('b1', 'kim@example.com')
    await directory.addPerson('b2', '\uff4b\uff29\uff4d@example.com')
    await directory.addPerson('c1', 'isik@example.com')
    await directory.addPerson('c2', '\u0131s\u0131k@example.com')
    expect(directory.outcomes(await directory.preview())).toMatchObject({
      a1: 'conflict: same-target',
      a2: 'conflict: same-target',
      b1: 'conflict: same-target',
      b2: 'conflict: same-target',
      c1: 'converts',
      c2: 'converts',
    })
  })

  it('follows those who wait for each other: a chain, a circle, and a chain behind somebody who stays', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
      await directory.addLocal(`${name}@example.com`, { displayName: name })
    const list = {
      'a@example.com': 'b@example.com',
      'b@example.com': 'new@example.com',
      'c@example.com': 'd@example.com',
      'd@example.com': 'c@example.com',
      'e@example.com': 'f@example.com',
      'f@example.com': 'g@example.com',
    }
    expect(directory.outcomes(await directory.preview({}, list))).toMatchObject({
      'a@example.com': 'converts',
      'b@example.com': 'converts',
      'c@example.com': 'converts',
      'd@example.com': 'converts',
      'e@example.com': 'conflict: blocked',
      'f@example.com': 'conflict: taken',
      'g@example.com': 'already',
    })
  })

  it('says what an identity provider would find', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    await directory.addPerson('bob', 'bob@example.com')
    await directory.addLocal('carl@example.com')
    const plan = await directory.preview()
    const sought = namesOf('ADA@example.com', 'carl@example.com', 'nobody@example.com')
    expect(await directory.conversions.match(plan.id, sought)).toEqual({
      sought: 3,
      linkedBefore: 1,
      linked: 2,
      created: 1,
      leftBehind: 1,
    })
    expect(directory.conversions.created(plan.id, '', 10)).toEqual(['nobody@example.com'])
    expect(directory.conversions.leftBehind(plan.id, 0, 10)).toMatchObject([
      { userName: 'bob', target: 'bob@example.com' },
    ])
  })

  it('has no counts of names that are sought no more where their comparison ends before its time', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const { id } = await directory.preview()
    await directory.conversions.match(id, namesOf('ada@example.com'))
    const broken = async function* () {
      yield* namesOf('bob@example.com', 'carl@example.com')
      throw new Error('the list ends here')
    }
    await expect(directory.conversions.match(id, broken())).rejects.toThrow('the list ends here')
    expect(directory.conversions.plan(id).match).toBeUndefined()
  })

  it('takes the place of the one before it', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const first = await directory.preview()
    const second = await directory.preview()
    expect(() => directory.conversions.plan(first.id)).toThrow('gone')
    expect(directory.conversions.latest(directory.directoryId)?.id).toBe(second.id)
  })

  it('refuses options that make no sense, and a list that names somebody twice', async () => {
    await expect(directory.preview({ pattern: '{nonsense}@example.com' })).rejects.toThrow('nonsense')
    await expect(directory.preview({ pattern: '{userName}' })).rejects.toThrow('makes no addresses')
    await expect(directory.preview({}, { ada: 'a@example.com', ADA: 'b@example.com' })).rejects.toThrow(
      'Line 2: "ADA" stands in line 1 already.',
    )
  })

  it('finds users by the beginning of either name, and writes them as CSV that no spreadsheet runs', async () => {
    await directory.addPerson('=ada', 'lovelace@example.com')
    await directory.addPerson('bob', 'bob@example.com')
    const plan = await directory.preview()
    const found = (startsWith: string) =>
      directory.conversions.users(plan.id, { startsWith }, 0, 10).map((user) => user.userName)
    expect([found('LOVE'), found('=a'), found('ove')]).toEqual([['=ada'], ['=ada'], []])
    const csv = [...directory.conversions.csv(plan.id, { outcome: 'converts' })].join('')
    expect(csv.split('\r\n')[1]).toMatch(/^'=ada,lovelace@example\.com,converts,,,primary,,local,/)
  })
})

describe('a decision', () => {
  beforeEach(async () => {
    await directory.addPerson('eve', 'same@example.com')
    await directory.addPerson('fred', 'same@example.com')
    await directory.addPerson('gina', 'nothing')
  })

  it('of one user frees the other in conflict, and is carried out', async () => {
    const plan = await directory.preview()
    const eve = directory.idOf('eve')
    const suggested = directory.conversions.suggest(plan.id, eve) ?? ''
    expect(suggested).toBe('same2@example.com')
    await directory.conversions.decide(plan.id, eve, { kind: 'address', target: suggested })
    const decided = await directory.conversions.decide(plan.id, directory.idOf('gina'), {
      kind: 'address',
      target: 'gina@example.com',
    })
    expect(directory.outcomes(decided)).toMatchObject({ eve: 'converts', fred: 'converts', gina: 'converts' })
    expect(decided.counts).toMatchObject({ converts: 3, conflict: 0, invalid: 0 })
    expect((await directory.carryOut(decided)).counts).toEqual({ converted: 3, skipped: 1, failed: 0 })
    expect(Object.values(directory.userNames())).toEqual(['same2@example.com', 'same@example.com', 'gina@example.com'])
  })

  it('for a userName that its holder gives up waits for that one', async () => {
    await directory.addLocal('holder@example.com')
    const plan = await directory.preview({}, { 'holder@example.com': 'renamed@example.com' })
    const [gina, holder] = [directory.idOf('gina'), directory.idOf('holder@example.com')]
    const decision = { kind: 'address', target: 'holder@example.com' } as const
    const decided = await directory.conversions.decide(plan.id, gina, decision)
    expect((await directory.carryOut(decided)).counts).toMatchObject({ converted: 2, failed: 0 })
    expect(directory.userNames()).toMatchObject({ [gina]: 'holder@example.com', [holder]: 'renamed@example.com' })
  })

  it('to leave a user lets the other one have the address', async () => {
    const plan = await directory.preview()
    const decided = await directory.conversions.decide(plan.id, directory.idOf('fred'), { kind: 'skip' })
    expect(directory.outcomes(decided)).toMatchObject({ eve: 'converts', fred: 'skipped: chosen' })
    expect((await directory.carryOut(decided)).counts).toEqual({ converted: 1, skipped: 3, failed: 0 })
  })

  it('can be taken back', async () => {
    const plan = await directory.preview()
    const fred = directory.idOf('fred')
    await directory.conversions.decide(plan.id, fred, { kind: 'skip' })
    const after = await directory.conversions.decide(plan.id, fred, { kind: 'none' })
    expect(after.counts).toEqual(plan.counts)
    expect(after.fixes).toBe(0)
  })

  it('to merge is refused where a local administrator is in the way', async () => {
    await directory.addLocal('root@example.com', {}, 'administrator')
    await directory.addPerson('root', 'ROOT@example.com')
    const plan = await directory.preview()
    const merge = directory.conversions.decide(plan.id, directory.idOf('root'), { kind: 'merge' })
    await expect(merge).rejects.toThrow('local administrator')
  })

  it('to merge is not carried out for a user with a role', async () => {
    await directory.addLocal('boss', { emails: [{ value: 'same@example.com' }] }, 'user-manager')
    const plan = await directory.preview()
    for (const who of ['eve', 'boss'])
      await directory.conversions.decide(plan.id, directory.idOf(who), { kind: 'merge' })
    const job = await directory.carryOut(directory.conversions.plan(plan.id))
    expect(job.counts).toMatchObject({ converted: 1, merged: 1, failed: 1 })
    expect(directory.store.jobRemarks.page(job.id, -1, 10)).toMatchObject([
      { user_name: 'boss', outcome: 'failed', reason: 'merge-has-role' },
    ])
  })

  it('is refused for an address that is none, for protected users, and once the preview is carried out', async () => {
    const plan = await directory.preview()
    const decide = (who: string, target: string) =>
      directory.conversions.decide(plan.id, directory.idOf(who), { kind: 'address', target })
    await expect(decide('eve', 'nothing')).rejects.toThrow('no valid e-mail address')
    await expect(decide('admin', 'admin@example.com')).rejects.toThrow('Local administrators are protected')
    await directory.carryOut(plan)
    await expect(decide('eve', 'eve@example.com')).rejects.toThrow('has been')
    await expect(directory.conversions.start(plan.id)).rejects.toThrow('already')
  })

  it('to merge gives the groups and the old name to the user who stays, and can be undone', async () => {
    const [eve, fred] = [directory.idOf('eve'), directory.idOf('fred')]
    const team = directory.addGroup('Team', [fred])
    const both = directory.addGroup('Both', [eve, fred])
    const members = (group: string) => {
      const value = bodyOf(directory.request('PATCH', `/Groups/${group}`, patch(), { query: 'attributes=members' }))
      return JSON.stringify(value['members'] ?? [])
    }
    const before = directory.userNames()
    const plan = await directory.preview()
    const decided = await directory.conversions.decide(plan.id, fred, { kind: 'merge' })
    expect(directory.outcomes(decided)).toMatchObject({ eve: 'converts', fred: 'merges' })
    const job = await directory.carryOut(decided)
    expect(job.counts).toMatchObject({ converted: 1, merged: 1, failed: 0 })
    expect(members(team)).toContain(eve)
    expect(members(team)).not.toContain(fred)
    expect(directory.store.users.any(directory.directoryId, fred)?.archived_at).not.toBeNull()
    expect(directory.conversions.lookUp(directory.directoryId, 'FRED')).toEqual([
      { id: eve, userName: 'same@example.com' },
    ])
    expect((await directory.undo(job.id)).counts).toEqual({ restored: 2, left: 0 })
    expect(directory.userNames()).toEqual(before)
    expect([members(team).includes(eve), members(team).includes(fred)]).toEqual([false, true])
    expect([members(both).includes(eve), members(both).includes(fred)]).toEqual([true, true])
    expect(directory.store.users.any(directory.directoryId, fred)?.archived_at).toBeNull()
  })
})

describe('a merge that is undone', () => {
  it('leaves who has been restored since as it is, in the preview and behind it', async () => {
    await directory.addPerson('eve', 'same@example.com')
    await directory.addPerson('fred', 'same@example.com')
    const fred = directory.idOf('fred')
    const plan = await directory.preview()
    const job = await directory.carryOut(await directory.conversions.decide(plan.id, fred, { kind: 'merge' }))
    const before = await directory.conversions.previewUndo(directory.directoryId, job.id)
    expect(before.counts).toMatchObject({ converts: 2, left: 0 })
    await directory.administer('restore-user', { directory: 'main', who: fred })
    const undone = await directory.carryOut(before)
    expect(undone.counts).toEqual({ restored: 1, left: 1 })
    expect(directory.store.jobRemarks.page(undone.id, -1, 10)).toMatchObject([
      { user_name: 'fred', outcome: 'left', reason: 'restored-since' },
    ])
    const after = await directory.conversions.previewUndo(directory.directoryId, job.id)
    expect(directory.outcomes(after)).toEqual({ fred: 'left: restored-since' })
  })
})

describe('a conversion', () => {
  it('renames users as SCIM sees them, with a new version, the audit of the job and the old name as an alias', async () => {
    await directory.addPerson('JSmith', 'j.smith@example.com')
    const id = directory.idOf('JSmith')
    const before = directory.store.users.any(directory.directoryId, id)
    const job = await directory.convert()
    const read = bodyOf(directory.request('PATCH', `/Users/${id}`, patch()))
    expect(read).toMatchObject({ userName: 'j.smith@example.com', emails: [{ value: 'j.smith@example.com' }] })
    const after = directory.store.users.any(directory.directoryId, id)
    expect(after?.version).toBe((before?.version ?? 0) + 1)
    expect(after?.modified_at).toBeGreaterThan(before?.modified_at ?? 0)
    expect(
      directory.connection
        .prepare("select action, actor, request_id, attributes from changes where action = 'rename'")
        .all(),
    ).toEqual([
      {
        action: 'rename',
        actor: 'command line',
        request_id: `job-${job.id}`,
        attributes: JSON.stringify({ userName: ['JSmith', 'j.smith@example.com'] }),
      },
    ])
    expect(directory.conversions.lookUp(directory.directoryId, 'jsmith')).toEqual([
      { id, userName: 'j.smith@example.com' },
    ])
    expect([...directory.conversions.mapping(directory.directoryId)]).toEqual([
      { job_id: job.id, user_seq: before?.seq, user_name: 'JSmith', current: 'j.smith@example.com', id },
    ])
  })

  it('swaps two userNames, and moves a longer circle on', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'].map((name) => `${name}@example.com`)
    for (const name of names) await directory.addLocal(name)
    const [a = '', b = '', c = '', d = '', e = ''] = names
    const job = await directory.convert({}, { [a]: b, [b]: a, [c]: d, [d]: e, [e]: c.toUpperCase() })
    expect(job).toMatchObject({ state: 'done', counts: { converted: 5, skipped: 1, failed: 0 } })
    expect(Object.values(directory.userNames())).toEqual([b, a, d, e, c.toUpperCase()])
    await directory.undo(job.id)
    expect(Object.values(directory.userNames())).toEqual(names)
  })

  it('moves a circle on as a whole, also one that is longer than a batch', async () => {
    const names = Array.from({ length: firstPace.items + 8 }, (_, index) => `n${index}@example.com`)
    for (const name of names) await directory.addLocal(name)
    const [first = '', ...others] = names
    const moved = [...others, first]
    const job = await directory.convert({}, Object.fromEntries(names.map((name, index) => [name, moved[index] ?? ''])))
    expect(job.counts).toMatchObject({ converted: names.length, failed: 0 })
    expect(Object.values(directory.userNames())).toEqual(moved)
    expect((await directory.undo(job.id)).counts).toEqual({ restored: names.length, left: 0 })
    expect(Object.values(directory.userNames())).toEqual(names)
  })

  it('goes the other way, to the name before an earlier conversion or to the part before the @', async () => {
    await directory.addPerson('jsmith', 'john.smith@example.com')
    await directory.addLocal('ada@example.com')
    await directory.addLocal('bob@other.example')
    await directory.convert()
    const back = await directory.preview({ direction: 'to-short-name', domain: 'example.com' })
    expect(directory.outcomes(back)).toMatchObject({
      'john.smith@example.com': 'converts',
      'ada@example.com': 'converts',
      'bob@other.example': 'no-address: other-domain',
    })
    await directory.carryOut(back)
    expect(Object.values(directory.userNames())).toEqual(['jsmith', 'ada', 'bob@other.example'])
  })

  it('leaves users alone of whom an integration demands addresses, when it makes short names', async () => {
    await directory.administer('set-policy', {
      slug: 'entra',
      changes: [{ name: 'userNameMustBeEmail', value: 'true' }],
    })
    directory.addUser('ada@example.com')
    directory.addUser('bob@example.com', {}, { integrationId: directory.okta })
    const plan = await directory.preview({ direction: 'to-short-name', includeScim: true })
    expect(directory.outcomes(plan)).toMatchObject({
      'ada@example.com': 'protected: wants-address',
      'bob@example.com': 'converts',
    })
    await directory.administer('set-policy', {
      slug: 'okta',
      changes: [{ name: 'userNameMustBeEmail', value: 'true' }],
    })
    expect((await directory.carryOut(plan)).counts).toMatchObject({ converted: 0 })
  })

  it('gives addresses to those of whom an integration demands them', async () => {
    const id = directory.addUser('ada', { emails: [{ value: 'ada@example.com' }] })
    await directory.administer('set-policy', {
      slug: 'entra',
      changes: [{ name: 'userNameMustBeEmail', value: 'true' }],
    })
    expect((await directory.convert({ includeScim: true })).counts).toMatchObject({ converted: 1 })
    expect(directory.userNames()).toEqual({ [id]: 'ada@example.com' })
  })

  it('converts SCIM-managed users only when it is told to', async () => {
    const id = directory.addUser('ada', { emails: [{ value: 'ada@example.com' }] })
    expect((await directory.convert()).counts).toEqual({ converted: 0, skipped: 2, failed: 0 })
    expect((await directory.convert({ includeScim: true })).counts).toMatchObject({ converted: 1 })
    expect(directory.userNames()).toEqual({ [id]: 'ada@example.com' })
  })

  it('makes no drift, and ends that of a userName that comes to be what the identity provider wrote', async () => {
    const [ana, bob] = [
      directory.addUser('ana@example.com', { emails: [{ value: 'ana@example.com' }] }),
      directory.addUser('bob', { emails: [{ value: 'bob@example.com' }] }),
    ]
    const resource = { userName: 'ana', emails: [{ value: 'ana@example.com' }] }
    await directory.administer('edit-user', { directory: 'main', id: ana, version: 1, resource, overManaged: true })
    const driftOf = (id: string) => {
      const { seq = 0 } = directory.store.users.any(directory.directoryId, id) ?? {}
      return directory.store.drift.ofResource(0, seq).map((each) => each.attribute)
    }
    expect(driftOf(ana)).toEqual(['userName'])
    expect((await directory.convert({ includeScim: true })).counts).toMatchObject({ converted: 2 })
    expect([driftOf(ana), driftOf(bob)]).toEqual([[], []])
  })

  it('is one at a time in a directory, and not in another one', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const first = await directory.conversions.start((await directory.preview()).id)
    const second = await directory.preview()
    await expect(directory.conversions.start(second.id)).rejects.toThrow(`Job ${first} is queued`)
    const made = await directory.administer('create-directory', { slug: 'other', name: 'Other' })
    const elsewhere = await directory.conversions.preview({
      directoryId: made.id,
      options: parseConversionOptions({}),
    })
    expect(await directory.conversions.start(elsewhere.id)).toBe(first + 1)
  })
})

describe('the index of e-mail values', () => {
  const { user: model } = createModels([])

  /** Who is found by an address, as an identity provider asks. */
  function foundBy(address: string): readonly string[] {
    const scope = { model, directoryId: directory.directoryId, integrationId: directory.entra, base, seesGroups: true }
    const filter = parseFilter(model, `emails[type eq "work"].value eq "${address}"`)
    const all = { startIndex: 1, count: 10, afterSeq: undefined, sort: undefined }
    return directory.store.lists
      .prepare({ scope, filter, ...all })
      .page()
      .rows.map(({ id }) => id)
  }

  it('follows a user whose old or new userName is the address', async () => {
    await directory.addPerson('ada@old.example', 'ada@old.example')
    await directory.addPerson('bob', 'bob@example.com')
    const [ada, bob] = [directory.idOf('ada@old.example'), directory.idOf('bob')]
    await directory.convert({}, { 'ada@old.example': 'ada@example.com', bob: 'bob@example.com' })
    expect(directory.userNames()).toMatchObject({ [ada]: 'ada@example.com', [bob]: 'bob@example.com' })
    expect(foundBy('ada@old.example')).toEqual([ada])
    expect(foundBy('bob@example.com')).toEqual([bob])
    expect(foundBy('ada@example.com')).toEqual([])
  })
})

describe('what requests change between preview and run', () => {
  beforeEach(async () => {
    for (const name of ['ada', 'bob', 'carl', 'dora', 'eve']) await directory.addPerson(name, `${name}@example.com`)
  })

  const remarks = (jobId: number) =>
    Object.fromEntries(
      directory.store.jobRemarks
        .page(jobId, -1, 100)
        .map((each) => [each.user_name, `${each.outcome}: ${each.reason}`]),
    )

  it('is looked at once more, user by user', async () => {
    const plan = await directory.preview()
    const id = Object.fromEntries(['ada', 'bob', 'carl', 'dora', 'eve'].map((name) => [name, directory.idOf(name)]))
    const change = (who: string, operation: JsonObject) =>
      statusOf(directory.request('PATCH', `/Users/${id[who]}`, patch(operation)))
    expect(change('ada', { op: 'replace', path: 'userName', value: 'ada.l' })).toBe(200)
    expect(change('bob', { op: 'replace', path: 'displayName', value: 'Bob' })).toBe(200)
    expect(statusOf(directory.request('DELETE', `/Users/${id['carl']}`))).toBe(204)
    directory.addUser('dora@example.com')
    const job = await directory.carryOut(plan)
    expect(job.counts).toEqual({ converted: 1, skipped: 4, failed: 1 })
    expect(remarks(job.id)).toEqual({
      ada: 'skipped: renamed-since',
      bob: 'skipped: scim-managed',
      carl: 'skipped: archived-since',
      dora: 'failed: taken-since',
    })
    expect(Object.values(directory.userNames())).toEqual([
      'ada.l',
      'bob',
      'carl',
      'dora',
      'eve@example.com',
      'dora@example.com',
    ])
  })

  it('does not matter where the address is still the same, and does where it is another one', async () => {
    const plan = await directory.preview({ includeScim: true })
    const change = (who: string, path: string, value: string) =>
      directory.request('PATCH', `/Users/${directory.idOf(who)}`, patch({ op: 'replace', path, value }))
    change('ada', 'displayName', 'Ada')
    change('bob', 'emails[type eq "work"].value', 'robert@example.com')
    const job = await directory.carryOut(plan)
    expect(job.counts).toMatchObject({ converted: 4, failed: 0 })
    expect(remarks(job.id)).toEqual({ bob: 'skipped: changed-since' })
  })

  it('keeps who has become a local administrator as it is', async () => {
    const ben = await directory.addPerson('ben', 'ben@example.com')
    const plan = await directory.preview()
    const user = { line: 1, resource: { userName: 'ben' }, role: 'administrator' } as const
    await directory.administer('import-users', { directory: 'main', users: [user] })
    const job = await directory.carryOut(plan)
    expect(remarks(job.id)).toMatchObject({ ben: 'skipped: local-administrator' })
    expect(directory.store.users.any(directory.directoryId, ben)?.user_name).toBe('ben')
  })

  it('does not matter where the new name comes from the list or from before', async () => {
    const id = directory.addUser('zoe', { emails: [{ type: 'work', value: 'zoe.smith@example.com' }] })
    const change = (displayName: string) =>
      directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'displayName', value: displayName }))
    const there = await directory.preview({ includeScim: true }, { zoe: 'zoe@listed.example' })
    expect(statusOf(change('Zoe'))).toBe(200)
    await directory.carryOut(there)
    expect(directory.userNames()).toMatchObject({ [id]: 'zoe@listed.example' })
    const back = await directory.preview({ direction: 'to-short-name', sources: ['former'], includeScim: true })
    expect(statusOf(change('Zoe Smith'))).toBe(200)
    await directory.carryOut(back)
    expect(directory.userNames()).toMatchObject({ [id]: 'zoe' })
  })

  it('leaves a circle as it was when one of it has changed', async () => {
    const list = {
      'x@example.com': 'y@example.com',
      'y@example.com': 'z@example.com',
      'z@example.com': 'x@example.com',
    }
    for (const name of Object.keys(list)) await directory.addLocal(name)
    const plan = await directory.preview({ includeScim: true }, list)
    const before = directory.userNames()
    const id = directory.idOf('y@example.com')
    directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'userName', value: 'why@example.com' }))
    const job = await directory.carryOut(plan)
    expect(remarks(job.id)).toMatchObject({
      'x@example.com': 'failed: circle-broken',
      'y@example.com': 'skipped: renamed-since',
      'z@example.com': 'failed: circle-broken',
    })
    const after = directory.userNames()
    expect(after).toMatchObject({ [id]: 'why@example.com' })
    for (const name of ['x@example.com', 'z@example.com'])
      expect(after[directory.idOf(name)]).toBe(before[directory.idOf(name)])
  })

  it('leaves nothing of a user who was purged but its id', async () => {
    const plan = await directory.preview()
    const ada = directory.idOf('ada')
    directory.request('DELETE', `/Users/${ada}`)
    await directory.administer('purge-user', { directory: 'main', who: ada })
    const job = await directory.carryOut(plan)
    const [remark] = directory.store.jobRemarks.page(job.id, -1, 100)
    expect(remark).toMatchObject({ user_id: ada, user_name: ada, target: null, reason: 'gone' })
  })

  it('ends the job in words when an attribute that the pattern names has been removed', async () => {
    const draft = { name: 'badge', type: 'string', multiValued: false, urn: undefined }
    const { urn } = await directory.administer('add-attribute', { directory: 'main', draft })
    await directory.addLocal('fay', { schemas: [urn], [urn]: { badge: 'f7' } })
    const plan = await directory.preview({ sources: ['pattern'], pattern: `{${urn}:badge}@example.com` })
    const { id } = await directory.administer('begin-attribute-removal', { directory: 'main', name: 'badge', urn })
    await directory.administer('remove-attribute-values', { directory: 'main', id, afterSeq: 0 })
    const job = await directory.carryOut(plan)
    expect(job).toMatchObject({ state: 'failed', problem: expect.stringMatching(/^The pattern .* make a new preview/) })
    expect(directory.troubles).toEqual([])
  })

  it('leaves nobody behind a user who stays half-way through a chain', async () => {
    await directory.addLocal('p@example.com')
    await directory.addLocal('q@example.com')
    const plan = await directory.preview({}, { 'p@example.com': 'q@example.com', 'q@example.com': 'r@example.com' })
    directory.addUser('R@example.com')
    const job = await directory.carryOut(plan)
    expect(remarks(job.id)).toMatchObject({
      'p@example.com': 'failed: taken-since',
      'q@example.com': 'failed: taken-since',
    })
  })
})

describe('an undo', () => {
  it('brings back every userName byte for byte, and leaves those who were renamed since', async () => {
    const odd = ['JSm\u0131th', 'jose\u0301', '\uff41\uff44\uff41', 'Stra\u00dfe', 'O\u2019Neill']
    for (const [index, name] of odd.entries()) await directory.addPerson(name, `person${index}@example.com`)
    const before = directory.userNames()
    const job = await directory.convert()
    expect(job.counts).toMatchObject({ converted: 5 })
    const renamed = Object.keys(before)[1] ?? ''
    directory.request(
      'PATCH',
      `/Users/${renamed}`,
      patch({ op: 'replace', path: 'userName', value: 'jose@idp.example' }),
    )
    const plan = await directory.conversions.previewUndo(directory.directoryId, job.id)
    expect(plan.counts).toMatchObject({ converts: 4, left: 1 })
    expect(directory.conversions.users(plan.id, { outcome: 'left' }, 0, 10)).toMatchObject([
      { userName: 'jose@idp.example', target: 'jose\u0301', reason: 'renamed-since' },
    ])
    const undone = await directory.carryOut(plan)
    expect(undone.counts).toEqual({ restored: 4, left: 1 })
    expect(directory.userNames()).toEqual({ ...before, [renamed]: 'jose@idp.example' })
    expect(directory.conversions.lookUp(directory.directoryId, 'person0@example.com')).toEqual([])
  })

  it('gives an archived user its old name back too, and leaves who finds it taken', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    await directory.addPerson('bob', 'bob@example.com')
    const [ada, bob] = [directory.idOf('ada'), directory.idOf('bob')]
    const job = await directory.convert()
    directory.request('DELETE', `/Users/${ada}`)
    directory.addUser('BOB')
    const undone = await directory.undo(job.id)
    expect(undone.counts).toEqual({ restored: 1, left: 1 })
    expect(directory.userNames()).toMatchObject({ [ada]: 'ada', [bob]: 'bob@example.com' })
  })

  it('can be finished by another one when it was cancelled', async () => {
    for (const name of ['ada', 'bob']) await directory.addPerson(name, `${name}@example.com`)
    const before = directory.userNames()
    const job = await directory.convert()
    const id = await directory.conversions.start(
      (await directory.conversions.previewUndo(directory.directoryId, job.id)).id,
    )
    await directory.jobs.act(id, 'cancel')
    expect((await directory.undo(job.id)).counts).toEqual({ restored: 2, left: 0 })
    expect(directory.userNames()).toEqual(before)
  })

  it('is refused for what is no conversion, or has not ended', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const id = await directory.conversions.start((await directory.preview()).id)
    const undo = (jobId: number) => directory.conversions.previewUndo(directory.directoryId, jobId)
    await expect(undo(id)).rejects.toThrow('cancel it first')
    await expect(undo(99)).rejects.toThrow('There is no job 99')
    await directory.jobs.follow(id, { graceMs: 0 })
    const undone = await directory.undo(id)
    await expect(undo(undone.id)).rejects.toThrow('no conversion')
  })
})

describe('the alias of an old userName', () => {
  it('stands behind whoever has that userName now', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const former = directory.idOf('ada')
    await directory.convert()
    const present = directory.addUser('ada')
    expect(directory.conversions.lookUp(directory.directoryId, 'ada').map((each) => each.id)).toEqual([present, former])
  })

  it('goes when the user is purged', async () => {
    await directory.addPerson('ada', 'ada@example.com')
    const id = directory.idOf('ada')
    const job = await directory.convert()
    directory.request('DELETE', `/Users/${id}`)
    await directory.administer('purge-user', { directory: 'main', who: id })
    expect(directory.store.aliases.countOfJob(job.id)).toBe(0)
    expect((await directory.undo(job.id)).counts).toEqual({ restored: 0, left: 0 })
    expect(lookUp('ada')).toBeUndefined()
  })
})
