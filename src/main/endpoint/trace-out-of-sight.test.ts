import { expect, test } from 'vitest'
import { group, user } from '../../../test/people.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { explainAnswer } from '../../idp/error-explanations.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { entryOf, why } from './journal-entry.fixture.ts'

test('what was deleted is told as archived in the log, and as unknown to the client', async () => {
  const running = await startEngine()
  const { scim } = running
  const person = await scim.create('/Users', user())
  const team = await scim.create('/Groups', group('Engineering'))
  for (const path of [`/Users/${person}`, `/Groups/${team}`]) {
    await scim.delete(path)
    for (const answer of [await scim.get(path), await scim.patch(path, []), await scim.delete(path)]) {
      expect(answer).toMatchObject({
        status: 404,
        body: { detail: expect.stringMatching(/^There is no (user|group) with the id/) },
      })
      expect(await why(running, answer)).toContainEqual(expect.stringContaining('is archived: it was deleted'))
    }
  }
})

test('the id of a local administrator is told as that in the log, and as unknown to the client', async () => {
  const running = await startEngine()
  const { engine, scim } = running
  const [admin] = engine.reads.integrations.all()
  const id = String(admin?.administrator_id)
  for (const answer of [await scim.get(`/Users/${id}`), await scim.patch(`/Users/${id}`, [])]) {
    expect(answer).toMatchObject({ status: 404, body: { detail: `There is no user with the id "${id}".` } })
    expect(await why(running, answer)).toContain(
      `The record "${id}" is a local administrator, whom SCIM neither sees nor changes.`,
    )
  }
  const unknown = await scim.get('/Users/nobody')
  expect((await why(running, unknown)).slice(2)).toEqual([
    'The request was refused: There is no user with the id "nobody".',
    'The answer was 404.',
  ])
})

test('what a strict integration refuses is told as that, and not as a body that cannot be read', async () => {
  const running = await startEngine()
  const { engine, scim, slug } = running
  await engine.administer('set-policy', { slug, changes: [{ name: 'strict', value: 'true' }] })
  const explained = async (attributes: JsonObject) => {
    const answer = await scim.post('/Users', user(attributes))
    expect(answer.status).toBe(400)
    const trace = (await entryOf(running, answer))?.content?.trace ?? []
    const scimType = trace.find(({ code }) => code === 'declined')?.expected
    return explainAnswer({ status: 400, scimType, codes: trace.map(({ code }) => code) })?.id
  }
  expect(await explained({ favouriteColour: 'red' })).toBe('attribute-not-here')
  expect(await explained({ active: 'True' })).toBe('strict-refused')
})

test('an integration that is disabled is told as that, whatever it asks for', async () => {
  const running = await startEngine()
  const { engine, scim, slug } = running
  await engine.administer('set-integration-state', { slug, state: 'disabled' })
  const refused = await scim.get('/Users')
  expect(refused.status).toBe(403)
  expect((await entryOf(running, refused))?.classification).toBe('refused: disabled')
})
