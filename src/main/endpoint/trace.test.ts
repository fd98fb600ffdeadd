import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { group, user } from '../../../test/people.ts'
import { explainAnswer } from '../../idp/error-explanations.ts'
import { type Answer, createClient } from '../../../test/client.ts'
import { openJournalReader } from '../journal/search/journal-reader.ts'
import { enterpriseUserSchemaUrn } from '../../scim/urn.ts'
import { journalFileName } from '../store/file/database-file-names.ts'
import { startEngine } from '../running-engine.fixture.ts'
import { entryOf, why } from './journal-entry.fixture.ts'

test('a change is told from the token to the status', async () => {
  const running = await startEngine()
  const { scim } = running
  const id = await scim.create('/Users', user())
  const patched = await scim.patch(`/Users/${id}`, [{ op: 'Replace', path: 'active', value: 'False' }])
  expect(await why(running, patched)).toEqual([
    'The token was accepted for "entra".',
    'The PATCH went to "Users".',
    expect.stringContaining('"Replace"'),
    expect.stringContaining('"False"; it was taken as false'),
    `The record "${id}" was changed.`,
    `The user "${id}" was deactivated and keeps its group memberships.`,
    'The answer was 200.',
  ])
})

test('a change that was ignored is not called one that was made before', async () => {
  const running = await startEngine()
  const { scim } = running
  const id = await scim.create('/Users', user())
  const patched = await scim.patch(`/Users/${id}`, [{ op: 'replace', path: 'shoeSize', value: '42' }])
  const sentences = await why(running, patched)
  expect(sentences).toContainEqual(expect.stringContaining('No schema defines "shoeSize"; it was ignored.'))
  expect(sentences).toContain('The record stays as it was: the request changes nothing in it.')
  expect(sentences.join(' ')).not.toContain('already')
})

test('a client of SCIM 1.1 is told as one, by what it asks for and by its changes', async () => {
  const running = await startEngine()
  const { scim } = running
  const id = await scim.create('/Users', user())
  const asked = await scim.get('/ServiceProviderConfigs')
  expect(asked.status).toBe(404)
  const patched = await scim.send('PATCH', `/Users/${id}`, { schemas: ['urn:scim:schemas:core:1.0'], active: false })
  expect(patched.status).toBe(400)
  for (const answer of [asked, patched]) {
    const { content } = (await entryOf(running, answer)) ?? {}
    const step = content?.trace.find(({ code }) => code === 'scim-1')
    expect(step?.sentence).toContain('Choose SCIM 2.0')
    const codes = content?.trace.map(({ code }) => code) ?? []
    expect(explainAnswer({ status: answer.status, scimType: 'invalidSyntax', codes, idp: 'ping' })).toMatchObject({
      meaning: expect.stringContaining('SCIM 1.1'),
      reaction: expect.stringContaining('SCIM version'),
    })
  }
})

test('a manager who is nobody here is told, and kept', async () => {
  const running = await startEngine()
  const { scim } = running
  const boss = await scim.create('/Users', user())
  const withManager = (value: string) => user({ [enterpriseUserSchemaUrn]: { manager: { value } } })
  const created = await scim.post('/Users', withManager('HR-4711'))
  expect(created.text).toContain('"manager":{"value":"HR-4711"}')
  const told = expect.stringContaining('No user here has the id "HR-4711" that came for the manager')
  expect(await why(running, created)).toContainEqual(told)
  const id = created.textAt('/id')
  const operation = (path: string, value: string) => [{ op: 'add', path, value }]
  const titled = await scim.patch(`/Users/${id}`, operation('title', 'Clerk'))
  expect(await why(running, titled)).not.toContainEqual(told)
  const managed = await scim.patch(`/Users/${id}`, operation(`${enterpriseUserSchemaUrn}:manager`, boss))
  expect((await why(running, managed)).join(' ')).not.toContain('for the manager')
  await scim.delete(`/Users/${boss}`)
  const after = await scim.post('/Users', withManager(boss))
  expect((await why(running, after)).join(' ')).toContain(`No user here has the id "${boss}"`)
})

test('who is created anew with the same externalId is told from somebody else of that name', async () => {
  const running = await startEngine()
  const { scim } = running
  const ana = user({ externalId: '00u1' })
  const id = await scim.create('/Users', ana)
  await scim.patch(`/Users/${id}`, [{ op: 'replace', value: { active: false } }])
  const again = await scim.post('/Users', ana)
  expect(again.textAt('/detail')).toContain(`the user with the id ${id} and the externalId of this request.`)
  expect(await why(running, again)).toContainEqual(
    expect.stringContaining('so it is the one that was to be created; it is deactivated.'),
  )
  const other = await scim.post('/Users', { ...ana, externalId: '00u2' })
  expect(other.textAt('/detail')).toContain(`the user with the id ${id}.`)
  expect((await why(running, other)).join(' ')).not.toContain('was to be created')
  await scim.create('/Groups', { ...group('Sales'), externalId: 'g1' })
  const groupAgain = await scim.post('/Groups', { ...group('Sales'), externalId: 'g1' })
  expect(groupAgain.textAt('/detail')).toContain('and the externalId of this request.')
})

test('an externalId that an integration gives twice is told, and whether the other who has it was deleted', async () => {
  const running = await startEngine()
  const { scim } = running
  const told = async (answer: Answer) => (await why(running, answer)).join(' ')
  const first = await scim.create('/Users', user({ externalId: 'E1' }))
  expect(await told(await scim.post('/Users', user({ externalId: 'E1' })))).toContain(
    `to another record too, "${first}"`,
  )
  const third = await scim.create('/Users', user({ externalId: 'E3' }))
  const moved = await scim.patch(`/Users/${third}`, [{ op: 'replace', path: 'externalId', value: 'E1' }])
  expect(await told(moved)).toContain('finds two and stops')
  const titled = await scim.patch(`/Users/${third}`, [{ op: 'replace', path: 'title', value: 'Clerk' }])
  expect(await told(titled)).not.toContain('externalId')
  expect(await told(await scim.post('/Groups', { ...group('Sales'), externalId: 'E1' }))).not.toContain('externalId')
  expect(await told(await scim.post('/Groups', { ...group('Sales 2'), externalId: 'E1' }))).toContain('finds two')
  const gone = await scim.create('/Users', user({ externalId: 'E4' }))
  await scim.delete(`/Users/${gone}`)
  const back = await told(await scim.post('/Users', user({ externalId: 'E4' })))
  expect(back).toContain(`to a record that is archived now, "${gone}": it was deleted, and this is another one`)
  expect(back).not.toContain('finds two')
  expect(await told(await scim.post('/Users', user({ externalId: 'E4' })))).toContain('finds two')
})

test('a change of members says in words what happened to the group', async () => {
  const running = await startEngine()
  const { scim } = running
  const member = await scim.create('/Users', user())
  const id = await scim.create('/Groups', group('Engineering'))
  const added = await scim.patch(`/Groups/${id}`, [{ op: 'add', path: 'members', value: [{ value: member }] }])
  const sentences = await why(running, added)
  expect(sentences).toContain('1 member was added to the group.')
  for (const sentence of sentences) expect(sentence).not.toMatch(/^Step /)
})

test('a search by POST is told as one, not as a creation', async () => {
  const running = await startEngine()
  const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest']
  const answers = await Promise.all(
    ['/Users/.search', '/users/.SEARCH/', '/Groups/%2Esearch', '/.search'].map((path) =>
      running.scim.post(path, { schemas, filter: 'displayName eq "x"' }),
    ),
  )
  const told = await Promise.all(answers.map((answer) => entryOf(running, answer)))
  expect(told.map((entry) => `${entry?.status} ${entry?.classification}`)).toEqual([
    '200 search users',
    '200 search users',
    '200 search groups',
    '200 search',
  ])
})

test('a read that another thread carries out is told once', async () => {
  const running = await startEngine({ limits: { costlyFrom: 1 } })
  const members = [await running.scim.create('/Users', user()), await running.scim.create('/Users', user())]
  const id = await running.scim.create('/Groups', group('Everybody', members))
  const list = await running.scim.get('/Users?filter=title%20co%20%22x%22&attributes=title,shoeSize')
  const team = await running.scim.get(`/Groups/${id}?attributes=members,shoeSize`)
  const lean = await running.scim.get(`/Groups/${id}?excludedAttributes=members,shoeSize`)
  for (const answer of [list, team, lean]) {
    const sentences = await why(running, answer)
    expect(sentences.filter((each) => each.includes('"shoeSize"'))).toHaveLength(1)
    expect(sentences).toEqual([...new Set(sentences)])
  }
})

test('a member that cannot be added, and a name that an administrator has, are told from other trouble', async () => {
  const running = await startEngine()
  const team = await running.scim.create('/Groups', group('Team'))
  const add = (value: string) =>
    running.scim.patch(`/Groups/${team}`, [{ op: 'add', path: 'members', value: [{ value }] }])
  expect(await why(running, await add('nobody'))).toContain(
    '"nobody", which was to become a member, is neither a user nor a group of this directory.',
  )
  expect(await why(running, await add(team))).toContain(
    `The group "${team}" contains the group that it was to become a member of.`,
  )
  const taken = await running.scim.post('/Users', user({ userName: 'Admin' }))
  expect(await why(running, taken)).toContain(
    'A local administrator has the "userName" "Admin"; SCIM neither sees nor changes that user.',
  )
})

test('what was undone is not told as done, neither of a request nor of an operation in a bulk', async () => {
  const running = await startEngine()
  const { scim } = running
  const member = await scim.create('/Users', user())
  const broken = group('Broken', [member, 'nobody'])
  const refused = await why(running, await scim.post('/Groups', broken))
  expect(refused).toContainEqual(expect.stringContaining('"nobody", which was to become a member'))
  expect(refused.join()).not.toMatch(/was created|added to the group/)
  const bulk = await scim.post('/Bulk', {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
    Operations: [group('Whole', [member]), broken].map((data, n) => ({
      method: 'POST',
      path: '/Groups',
      bulkId: `b${n}`,
      data,
    })),
  })
  const told = await why(running, bulk)
  expect(told.filter((sentence) => sentence.endsWith('was created.'))).toHaveLength(1)
  expect(told).toContainEqual(expect.stringContaining('"nobody", which was to become a member'))
  expect(told).toContainEqual(
    expect.stringMatching(/^Operation 2, a POST, was answered with 400: No user and no group has the id "nobody"/),
  )
})

test('a filter for an attribute that is not here is told by its name, with where to change it', async () => {
  const running = await startEngine()
  const told = async (answer: Answer) => {
    const codes = (await entryOf(running, answer))?.content?.trace.map(({ code }) => code) ?? []
    return [
      await why(running, answer),
      explainAnswer({ status: answer.status, scimType: 'invalidFilter', codes, idp: 'entra' })?.reaction,
    ]
  }
  expect(await told(await running.scim.find('/Users', 'userName eq "a" or shoeSize eq "42"'))).toEqual([
    expect.arrayContaining([expect.stringMatching(/^The filter asks for "shoeSize", which a user does not have here/)]),
    expect.stringContaining('Matching precedence'),
  ])
  expect(await told(await running.scim.find('/Groups', 'userName eq "Sales"'))).toEqual([
    expect.arrayContaining([expect.stringContaining('which a group does not have here')]),
    expect.stringContaining('Matching precedence'),
  ])
})

test('a search over users and groups calls no name unknown that one of them has', async () => {
  const running = await startEngine()
  const { scim } = running
  await scim.create('/Users', user({ userName: 'ana@example.com' }))
  const search = { filter: 'userName eq "ana@example.com"', attributes: ['userName', 'shoeSize'], sortBy: 'userName' }
  const told = await why(running, await scim.post('/.search', search))
  expect(told.filter((sentence) => sentence.startsWith('No schema defines'))).toEqual([
    'No schema defines "shoeSize", which "attributes" names; it was left out.',
  ])
})

test('a method that is not allowed says so', async () => {
  const running = await startEngine()
  const refused = await running.scim.send('PUT', '/Users', {})
  expect(refused.headers.get('allow')).toBe('GET, HEAD, POST')
  expect(await why(running, refused)).toContain(
    'The request was refused: PUT is not allowed here: an id is missing at the end of the path. Allowed: GET, HEAD, POST.',
  )
})

test.each([
  ['', 'The request carried no token.'],
  ['Basic dXNlcjpwYXNz', 'The Authorization header is not of the kind "Bearer" but of "Basic".'],
  ['Bearer Bearer rc_twice', 'The word Bearer stands twice in the Authorization header: '],
  ['Sent with love', 'The Authorization header is there, but is not the word Bearer, a blank and one token.'],
  ['Bearer rc_in two', 'Something stands before or behind the token.'],
])('a header that presents no token (%j) is told from none, and not repeated', async (authorization, sentence) => {
  const running = await startEngine()
  const sentences = await why(running, await running.scim.send('GET', '/Users', undefined, { authorization }))
  expect(sentences[0]).toContain(sentence)
  expect(sentences.join()).not.toMatch(/dXNl|rc_/)
})

test('a token that was pasted into the URL is not in the journal', async () => {
  const running = await startEngine()
  const { scim, token, dataDir } = running
  const answer = await scim.get(`/Users/${token}?access_token=${token}`)
  await why(running, answer)
  const reader = openJournalReader(join(dataDir, journalFileName))
  onTestFinished(() => reader.close())
  expect(JSON.stringify(reader.get(answer.headers.get('x-request-id') ?? ''))).not.toContain(token)
})

test('of a token that opens nothing it is told what it was, to the log alone', async () => {
  const running = await startEngine()
  const { as, token } = running
  const next = await running.rotate(0)
  const told = async (presented: string) => {
    const answer = await eventually(
      () => as(presented).get('/Users'),
      ({ status }) => status === 401,
    )
    expect(JSON.stringify(answer.body)).not.toMatch(/replaced|revoked|rc_/)
    const sentences = await why(running, answer)
    expect(JSON.stringify(sentences)).not.toContain(presented.slice(0, 15))
    return sentences
  }
  expect(await told(token)).toContainEqual(
    expect.stringMatching(`^The token ${token.slice(0, 11)}… was replaced or revoked`),
  )
  expect(await told(next.slice(0, -2))).toContainEqual(
    expect.stringContaining(`begins like ${next.slice(0, 11)}…, which is in use`),
  )
  expect(await told(`rc_${'nobodyknowsthisone'.padEnd(43, '0')}`)).toEqual([
    expect.stringMatching(/^No integration knows the token/),
    'The answer was 401.',
  ])
})

test('a JSON Web Token is told as one, and whose it is, but not what it says', async () => {
  const running = await startEngine()
  const jwt = (claims: object) =>
    [{ alg: 'RS256' }, claims, {}].map((each) => Buffer.from(JSON.stringify(each)).toString('base64url')).join('.')
  const told = async (token: string) => (await why(running, await running.as(token).get('/Users')))[0]
  const microsoft = jwt({ iss: 'https://sts.windows.net/tenant-1/', aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621' })
  expect(await told(microsoft)).toMatch(
    /^The token is a JSON Web Token from sts\.windows\.net, .* Secret token is empty/,
  )
  expect(await told(microsoft)).not.toMatch(/tenant-1|8adf|eyJ/)
  expect(await told(jwt({ iss: 7 }))).toMatch(/^The token is a JSON Web Token, and not the token of an integration/)
  expect(await told('eyJ.two.three')).toMatch(/is that of another system/)
})

test('how a token was pasted wrongly is told, also when so many came that they are put off, and the client learns nothing of it', async () => {
  const running = await startEngine()
  const { scim, token } = running
  const present = (authorization: string) => scim.send('GET', '/Users', undefined, { authorization })
  for (let n = 0; n < 10; n += 1) {
    const { text } = await present(`Bearer "${token}"`)
    expect(text).not.toContain('Quotation')
  }
  const put = await present(`Bearer {${token}}`)
  expect(put.status).toBe(429)
  const { content } = (await entryOf(running, put)) ?? {}
  expect(content?.trace.map(({ sentence }) => sentence).join(' ')).toMatch(
    /^Brackets came with the token.* More than ten/,
  )
  expect(JSON.stringify(content)).not.toContain(token.slice(3))
  const codes = content?.trace.map(({ code }) => code) ?? []
  expect(explainAnswer({ status: 429, codes })).toMatchObject({ nextStep: expect.stringContaining('Mend the token') })
  const alone = await present(token)
  expect(await why(running, alone)).toEqual([expect.stringContaining('holds the token alone'), 'The answer was 401.'])
  const next = await running.rotate(0)
  expect((await why(running, await present(`'Bearer ${token}'`))).join(' ')).toMatch(
    /^Quotation marks.* was replaced or/,
  )
  expect((await present(`Bearer ${next}`)).status).toBe(200)
})

test('a token at the URL of another integration is told to belong elsewhere, and not to be unknown', async () => {
  const running = await startEngine()
  const { engine, scim, token } = running
  await engine.administer('create-integration', { directory: 'main', name: 'Other', slug: 'other', idp: 'okta' })
  const answer = await createClient(scim.base.replace('/entra/', '/other/'), token).get('/Users')
  expect(answer.status).toBe(401)
  const sentences = await why(running, answer)
  expect(sentences).toContain('The path names the integration "other", but the token belongs to "entra".')
  expect(sentences.join(' ')).not.toContain('No integration knows the token')
  const nowhere = await createClient(scim.base.replace('/entra/', '/entro/'), token).get('/Users')
  expect(await why(running, nowhere)).toContain(
    'The path names the integration "entro", and there is none of that name; the token belongs to "entra".',
  )
})

test('a SCIM URL that was pasted wrongly is told by what is wrong with it', async () => {
  const running = await startEngine()
  const { scim, token } = running
  const root = scim.base.slice(0, scim.base.indexOf('/scim/'))
  const at = async (path: string) => (await why(running, await createClient(root, token).get(path))).join(' ')
  expect(await at('/scim/entra/v2/Users/Users')).toContain('pasted with an end such as /Users')
  expect(await at('/scim/entra/Users')).toContain('ends in /v2, and that is missing')
  expect(await at('/scim/entra/v2/Entitlements')).toContain('Compare the SCIM URL')
})

test('a limit is named once', async () => {
  const running = await startEngine({ limits: { bodyBytes: 1000 } })
  const refused = await running.scim.post('/Users', user({ displayName: 'x'.repeat(2000) }))
  expect((await why(running, refused)).slice(2)).toEqual([
    'The request is beyond a limit.',
    'The request was refused: The body is larger than the limit of 1000 bytes. Send less at once, or set a larger limit (Settings, Endpoint).',
    'The answer was 413.',
  ])
})

test('an integration with groups switched off is answered as if there were none, and the trace says why', async () => {
  const running = await startEngine()
  const { engine, scim, slug } = running
  const member = await scim.create('/Users', user())
  const id = await scim.create('/Groups', group('Engineering', [member]))
  await engine.administer('set-policy', { slug, changes: [{ name: 'groups', value: 'false' }] })
  const hidden = [
    await eventually(
      () => scim.get(`/Groups/${id}`),
      ({ status }) => status === 404,
    ),
    await scim.patch(`/Groups/${id}`, []),
    await scim.get('/Groups'),
    await scim.find('/Users', `active eq true and not (groups.value eq "${id}")`),
    await scim.get('/Users?sortBy=groups.display'),
    await scim.post('/.search', { filter: 'displayName eq "Engineering"' }),
  ]
  expect(hidden.map(({ status }) => status)).toEqual([404, 404, 200, 200, 200, 200])
  for (const answer of hidden)
    expect(await why(running, answer)).toContainEqual(expect.stringMatching(/^Groups are switched off/))
  const plain = await why(running, await scim.find('/Users', 'displayName eq "groups"'))
  expect(plain.join(' ')).not.toContain('Groups are switched off')
})

test('whoever looks whether somebody has a manager or a group a member is not told as one who may create now', async () => {
  const running = await startEngine()
  const { scim } = running
  const id = await scim.create('/Users', user())
  const team = await scim.create('/Groups', group('Sales'))
  const manager = await scim.find('/Users', `id eq "${id}" and manager eq "${id}"`, { attributes: 'id' })
  const member = await scim.find('/Groups', `id eq "${team}" and members eq "${id}"`, { attributes: 'id' })
  expect(await why(running, manager)).toContainEqual(expect.stringContaining('does not have this manager'))
  expect(await why(running, member)).toContainEqual(expect.stringContaining('does not have this member'))
  for (const answer of [manager, member]) expect((await why(running, answer)).join(' ')).not.toContain('create')
  expect(await why(running, await scim.find('/Users', 'userName eq "nobody"'))).toContainEqual(
    expect.stringContaining('may now create it'),
  )
})
