import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patch } from '../../directory/test-directory.fixture.ts'
import { openConvertible, type Convertible } from '../conversion.fixture.ts'
import type { Plan } from '../plan/plans.ts'

let directory: Convertible

beforeEach(() => {
  directory = openConvertible()
})

afterEach(() => directory.close())

const isArchived = (id: string) => directory.store.users.any(directory.directoryId, id)?.archived_at !== null

const setWorkAddress = (id: string, value: string) =>
  directory.request('PATCH', `/Users/${id}`, patch({ op: 'replace', path: 'emails[type eq "work"].value', value }))

/** Previews, and decides to merge this user into the one that is in its way. */
async function previewMerge(id: string): Promise<Plan> {
  const plan = await directory.preview({ includeScim: true })
  return directory.conversions.decide(plan.id, id, { kind: 'merge' })
}

async function remarksOf(plan: Plan): Promise<Record<string, string>> {
  const job = await directory.carryOut(plan)
  const remarks = directory.store.jobRemarks.page(job.id, -1, 10)
  return Object.fromEntries(remarks.map((each) => [each.user_name, `${each.outcome}: ${each.reason}`]))
}

describe('a merge that was decided before something changed', () => {
  let eve: string
  let fred: string

  beforeEach(async () => {
    await directory.addPerson('eve', 'same@example.com')
    await directory.addPerson('fred', 'same@example.com')
    ;[eve, fred] = [directory.idOf('eve'), directory.idOf('fred')]
  })

  it('is not carried out when the address that both had is no longer that of the user', async () => {
    const plan = await previewMerge(fred)
    setWorkAddress(fred, 'fred@example.com')
    expect(await remarksOf(plan)).toEqual({ fred: 'skipped: changed-since' })
    expect(isArchived(fred)).toBe(false)
  })

  it('is not carried out when the other one was not converted, having another address by now', async () => {
    const plan = await previewMerge(fred)
    setWorkAddress(eve, 'eve@example.com')
    expect(await remarksOf(plan)).toEqual({ eve: 'skipped: changed-since', fred: 'failed: merge-target-changed' })
    expect(isArchived(fred)).toBe(false)
  })

  it('is carried out where the other one was to have another address, or to stay as it is', async () => {
    const { id } = await previewMerge(fred)
    const plan = await directory.conversions.decide(id, eve, { kind: 'address', target: 'eve@example.com' })
    expect(await remarksOf(plan)).toEqual({})
    expect([isArchived(fred), directory.userNames()[eve]]).toEqual([true, 'eve@example.com'])

    await directory.addPerson('gina', 'twin@example.com')
    await directory.addPerson('hugo', 'twin@example.com')
    const hugo = directory.idOf('hugo')
    const next = await previewMerge(hugo)
    const decided = await directory.conversions.decide(next.id, directory.idOf('gina'), { kind: 'skip' })
    expect(await remarksOf(decided)).toEqual({})
    expect(isArchived(hugo)).toBe(true)
  })
})

describe('a merge into somebody who has the address', () => {
  it('is not carried out when that one has been renamed since', async () => {
    await directory.addPerson('fred', 'same@example.com')
    const [fred, other] = [directory.idOf('fred'), directory.addUser('same@example.com')]
    const plan = await previewMerge(fred)
    const rename = patch({ op: 'replace', path: 'userName', value: 'other@example.com' })
    directory.request('PATCH', `/Users/${other}`, rename)
    expect(await remarksOf(plan)).toEqual({ fred: 'failed: merge-target-changed' })
    expect(isArchived(fred)).toBe(false)
  })

  it('never gives the groups to a newcomer who stands in the place of one that was purged', async () => {
    await directory.addPerson('fred', 'same@example.com')
    const [fred, other] = [directory.idOf('fred'), directory.addUser('same@example.com')]
    const team = directory.addGroup('Payroll', [fred])
    const plan = await previewMerge(fred)
    directory.request('DELETE', `/Users/${other}`)
    await directory.administer('purge-user', { directory: 'main', who: other })
    directory.addUser('newcomer@example.com')
    expect(await remarksOf(plan)).toEqual({ fred: 'failed: merge-target-gone' })
    const seen = directory.request('PATCH', `/Groups/${team}`, patch(), { query: 'attributes=members' })
    expect(JSON.stringify(seen)).toContain(fred)
    expect(isArchived(fred)).toBe(false)
  })
})
