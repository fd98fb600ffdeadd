import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bodyOf, groupUrn, openTestDirectory, patch } from '../../directory/test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
})

afterEach(() => directory.close())

const teamOf = (id: string) =>
  bodyOf(directory.request('PATCH', `/Groups/${id}`, patch(), { query: 'attributes=displayName,members' }))

describe('a group that an identity provider manages', () => {
  /** What an admin can do to a group, with or without having read the warning. */
  const changes = (id: string, ana: string, overManaged: boolean) => {
    const which = { directory: 'main', id, overManaged }
    const resource = { schemas: [groupUrn], displayName: 'crew' }
    const version = directory.store.groups.any(directory.directoryId, id)?.version ?? 0
    return {
      edit: () => directory.administer('edit-group', { ...which, version, resource }),
      members: () => directory.administer('change-group-members', { ...which, add: [], remove: [ana] }),
      archive: () => directory.administer('archive-group', which),
    }
  }

  it('is changed by an admin only after a warning', () => {
    const ana = directory.addUser('ana')
    const team = directory.addGroup('team', [ana])
    const unwarned = changes(team, ana, false)
    for (const change of [unwarned.edit, unwarned.members, unwarned.archive])
      expect(change()).toMatchObject({ kind: 'refused', reason: 'managed' })
    expect(teamOf(team)).toMatchObject({ displayName: 'team', members: [{ value: ana }] })

    const warned = changes(team, ana, true)
    expect(warned.edit().kind).toBe('value')
    expect(warned.members()).toEqual({ kind: 'value', value: { added: 0, removed: 1 } })
    expect(teamOf(team)).toMatchObject({ displayName: 'crew' })
    expect(teamOf(team)['members'] ?? []).toEqual([])
    expect(warned.archive().kind).toBe('value')
  })

  it('is not changed from what somebody else has made of it meanwhile', () => {
    const ana = directory.addUser('ana')
    const team = directory.addGroup('team', [ana])
    const { edit } = changes(team, ana, true)
    directory.request('PATCH', `/Groups/${team}`, patch({ op: 'replace', path: 'displayName', value: 'squad' }))
    expect(edit()).toMatchObject({ kind: 'refused', reason: 'changed' })
    expect(teamOf(team)['displayName']).toBe('squad')
  })
})
