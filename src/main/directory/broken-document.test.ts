import { afterEach, beforeEach, expect, it } from 'vitest'
import { breakDocument } from '../store/broken-document.fixture.ts'
import { openTestDirectory, patch, statusOf } from './test-directory.fixture.ts'

let directory: ReturnType<typeof openTestDirectory>

beforeEach(() => {
  directory = openTestDirectory()
  directory.administer('add-lookup-index', { directory: 'main', path: 'nickName' })
})

afterEach(() => directory.close())

const indexed = () =>
  directory.connection
    .prepare<[], string>('select value_key from user_emails union all select value_key from lookup_keys')
    .pluck()
    .all()

/** A user whose stored document nobody can read, as a disk might leave it. */
function addBroken(): string {
  const id = directory.addUser('ada', {
    externalId: 'e1',
    active: false,
    nickName: 'countess',
    emails: [{ value: 'ada@old.example' }],
  })
  breakDocument(directory.dataDir, id)
  return id
}

it('is made whole by a PUT, which keeps what stands beside it', () => {
  const id = addBroken()
  const body = { userName: 'ada', emails: [{ value: 'ada@new.example' }] }
  expect(directory.request('PUT', `/Users/${id}`, body)).toMatchObject({ kind: 'answer', answer: { status: 200 } })
  expect(directory.store.users.any(directory.directoryId, id)).toMatchObject({ active: 0, external_ids: '{"1":"e1"}' })
  expect(indexed()).toEqual(['ada@new.example'])
  expect(statusOf(directory.request('PATCH', `/Users/${id}`, patch()))).toBe(200)
})

it('is made whole also by a PUT of no more than what stands beside it', () => {
  const id = addBroken()
  expect(statusOf(directory.request('PUT', `/Users/${id}`, { userName: 'ada', active: false, externalId: 'e1' }))).toBe(
    200,
  )
  expect(statusOf(directory.request('PATCH', `/Users/${id}`, patch()))).toBe(200)
  expect(indexed()).toEqual([])
})

it('goes for good with its user', () => {
  const id = addBroken()
  expect(statusOf(directory.request('DELETE', `/Users/${id}`))).toBe(204)
  expect(directory.administer('purge-user', { directory: 'main', who: id })).toMatchObject({ kind: 'value' })
  expect(directory.store.users.any(directory.directoryId, id)).toBeUndefined()
  expect(indexed()).toEqual([])
})
