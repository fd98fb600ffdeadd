import { expect, onTestFinished, test } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import { createNotes } from '../../../scim/note.ts'
import type { Query } from '../../../scim/query/query.ts'
import { listening } from '../../store/listening-connection.fixture.ts'
import { prepareStoreReads } from '../../store/store-reads.ts'
import { defaultPolicy } from '../policy.ts'
import { searchAll } from './search-all.ts'
import { base, openTestDirectory } from '../test-directory.fixture.ts'

test('a page with too many members is refused before any of them is read', () => {
  const directory = openTestDirectory()
  onTestFinished(() => directory.close())
  const { connection, directoryId, entra } = directory
  directory.addUser('ana')
  const seqs = ['one', 'two'].map(
    (name) => directory.store.groups.listed(directoryId, directory.addGroup(name))?.seq ?? 0,
  )
  for (const seq of seqs)
    connection.exec(`
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 500001)
      insert into memberships select ${seq}, 0, i from n`)
  let pages = 0
  const listener = listening(connection, ({ sql }) => {
    if (sql.startsWith('select m.kind, m.member_seq as seq')) pages += 1
  })
  const scope = {
    reads: prepareStoreReads(listener),
    models: createModels([]),
    directoryId,
    policy: defaultPolicy,
    view: { integrationId: entra, base, seesGroups: true },
    limits: { defaultPageSize: 100, maxPageSize: 1000, cursorTimeoutSeconds: 60, costlyFrom: 5000 },
    now: directory.tick(),
  }
  const search = (query: Query) => JSON.parse(searchAll({ ...scope, notes: createNotes() }, query).body ?? '')
  const refusal = expect.objectContaining({ status: 400, scimType: 'tooMany' })
  for (const query of [{}, { sortBy: 'id' }, { cursor: '' }]) expect(() => search(query)).toThrow(refusal)
  expect(pages).toBe(0)
  expect(search({ attributes: 'displayName' })).toMatchObject({ totalResults: 3 })
  expect(search({ excludedAttributes: 'members' })).toMatchObject({ totalResults: 3 })
})
