import { expect, test } from 'vitest'
import type { JsonObject } from '../../scim/json/json.ts'
import { createModels } from '../../scim/model/models.ts'
import { normalizeResource } from '../../scim/normalize/normalize.ts'
import { createNotes } from '../../scim/note.ts'
import { mergeResource } from '../administration/records/merge-resource.ts'
import { readCsvRecords } from '../text/csv-records.ts'
import { importedUser, parseHeader } from '../import/imported-row.ts'
import { createCsvExport } from './export-users.ts'

const urn = 'urn:example:acme:2.0:User'
const model = createModels([
  { urn, name: 'skills', type: 'string', multiValued: true },
  { urn, name: 'rank', type: 'decimal', multiValued: false },
]).user

function normalized(resource: unknown) {
  return normalizeResource(model, resource, { notes: createNotes(), purpose: 'create' })
}

/** What an import of the export of a user makes of that user, and how many values the export has left out. */
async function roundTrip(attributes: JsonObject) {
  const stored = normalized({ userName: 'ana', active: true, ...attributes })
  const csv = createCsvExport(model)
  const row = { seq: 1, id: 'a1', user_name: 'ana', active: 1, modified_at: 0, archived_at: null } as const
  const user = { ...row, role: 'user', source: 'local', doc: JSON.stringify(stored) } as const
  csv.see(user)
  const text = csv.header() + csv.row(user)
  const records = []
  for await (const record of readCsvRecords('export.csv', text, [text])) records.push(record)
  const [header, line] = records
  if (!header || !line) throw new Error('the export has no rows')
  const imported = importedUser(parseHeader(model, header), line)
  return { stored, after: mergeResource(model, stored, normalized(imported.resource)), left: csv.left(), text }
}

test('an export that is imported again makes no other e-mail address the primary one', async () => {
  const emails = [
    { type: 'work', value: 'old@example.com' },
    { type: 'work', value: 'ana@example.com', primary: true },
    { type: 'Work', value: 'other@example.com', display: 'Other' },
  ]
  const { stored, after, left, text } = await roundTrip({ emails })
  expect(after).toEqual(stored)
  expect(left).toBe(2)
  expect(text.split('\r\n')[0]).not.toContain('primary')
})

test('values that stand below each other in their cell come back one by one', async () => {
  const { stored, after, left, text } = await roundTrip({ [urn]: { skills: ['Go', 'C, "C++"', 'é'], rank: 1.5 } })
  expect(after).toEqual(stored)
  expect(left).toBe(0)
  expect(text).toContain('"Go\nC, ""C++""\né"')
})

test.each([
  ['a line break', ['first\nsecond', 'third']],
  ['a blank at an end', ['first', ' second']],
])('of several values one of which has %s none is exported, and an import leaves them', async (_, skills) => {
  const { stored, after, left } = await roundTrip({ [urn]: { skills } })
  expect(after).toEqual(stored)
  expect(left).toBe(2)
})
