import { expect, test } from 'vitest'
import { createClient, type Client } from '../../../test/client.ts'
import { user } from '../../../test/people.ts'
import type { RequestDetail } from '../../contract/requests.ts'
import { startApi, type RunningApi } from './api.fixture.ts'
import { logged } from './requests.fixture.ts'

async function integrationFor({ engine, port }: RunningApi, idp: string): Promise<Client> {
  const { slug, token } = await engine.tokens.createIntegration({ name: idp, idp, directory: 'main', slug: undefined })
  return createClient(`http://127.0.0.1:${port}/scim/${slug}/v2`, token.reveal())
}

async function newest(running: RunningApi, sent: number): Promise<RequestDetail> {
  const [{ id } = { id: 0 }] = await logged(running, sent)
  return running.api.requests.get({ id })
}

const told = ({ content }: RequestDetail) => content?.trace.map(({ sentence }) => sentence).join(' ') ?? ''

test('a note speaks of the IdP that the integration is set up for where nobody can tell the sender', async () => {
  const running = await startApi()
  const disable = [{ op: 'replace', path: 'active', value: 'false' }]
  const id = await running.scim.create('/Users', user({ userName: 'ana@example.com' }))
  const sentTo = async (idp: string, sent: number) => {
    await (await integrationFor(running, idp)).patch(`/Users/${id}`, disable)
    return newest(running, sent)
  }
  const toOkta = await sentTo('okta', 2)
  expect(toOkta.sender).toBeNull()
  expect(told(toOkta)).toContain('it was taken as false.')
  expect(told(toOkta)).not.toContain('Entra')
  expect(told(await sentTo('onelogin', 3))).toContain('quotes around the value')
  // Nobody knows: whoever is known for it speaks.
  expect(told(await sentTo('generic', 4))).toContain('Entra ID does this')
})

test('a failure is explained for its sender where the integration is set up for none in particular', async () => {
  const running = await startApi()
  const authentik = await integrationFor(running, 'generic')
  const headers = { 'user-agent': 'authentik@2026.2.0' }
  const group = { displayName: 'Sales', externalId: 'g1' }
  await authentik.post('/Groups', group, headers)
  await authentik.post('/Groups', group, headers)
  const { sender, explanation } = await newest(running, 2)
  expect(sender).toBe('authentik')
  expect(explanation).toMatchObject({ id: 'here-already', reaction: expect.stringContaining('authentik does so') })
})

test.each(['/ResourceTypes/User', '/schemas/urn:ietf:params:scim:schemas:core:2.0:User?x=1'])(
  'CyberArk Identity is told by its question for %s alone',
  async (path) => {
    const running = await startApi()
    const client = await integrationFor(running, 'generic')
    await client.get(path)
    expect(await newest(running, 1)).toMatchObject({ sender: 'CyberArk Identity', certainty: 'guess' })
    await client.get('/ResourceTypes')
    expect(await newest(running, 2)).toMatchObject({ sender: null })
  },
)
