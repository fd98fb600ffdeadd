import { expect, test } from 'vitest'
import { createModels } from '../../scim/model/models.ts'
import { parseAttributePath } from '../../scim/path/parse-attribute-path.ts'
import { guideText } from './guide-text.ts'
import { guides, offeredIdps } from './guides.ts'

const scimUrl = 'https://scim.example.com/scim/entra-id/v2'
const example = { urn: 'urn:ietf:params:scim:schemas:extension:rollcall:2.0:User', name: 'costBucket' }

test('reads labels, values and links out of the text around them', () => {
  expect(guideText('Open **Apps** at <https://a.example> and type `x`.')).toEqual([
    { kind: 'text', text: 'Open ' },
    { kind: 'label', text: 'Apps' },
    { kind: 'text', text: ' at ' },
    { kind: 'link', text: 'https://a.example' },
    { kind: 'text', text: ' and type ' },
    { kind: 'value', text: 'x' },
    { kind: 'text', text: '.' },
  ])
})

test.each(offeredIdps)('the guide for %s names the SCIM URL and asks for the token once each', (idp) => {
  const fields = guides[idp]({ scimUrl, example }).connect.flatMap((step) => step.fields ?? [])
  expect(fields.filter((field) => field.value === scimUrl)).toHaveLength(1)
  expect(fields.filter((field) => field.kind === 'secret')).toHaveLength(1)
})

test('the way through Okta’s agent names the URL by whose end the agent knows SCIM 2.0, and says that groups stay away', () => {
  const agent = guides.okta({ scimUrl, example }).reach.find(({ name }) => name.includes('Agent'))
  expect(agent?.text).toContain(`${scimUrl}/ `)
  expect(agent?.text).toContain('people, not groups')
})

test('the guide for JumpCloud asks for the address with which it tests, without which the test does not begin', () => {
  const fields = guides.jumpcloud({ scimUrl, example }).connect.flatMap((step) => step.fields ?? [])
  expect(fields.map(({ label }) => label)).toContain('Test User Email')
})

test('the guide for Ping says what PingFederate calls the same fields', () => {
  const steps = guides.ping({ scimUrl, example }).connect.filter(({ text }) => text.includes('PingFederate'))
  expect(steps.map(({ text }) => text)).toEqual([expect.stringContaining('**SCIM URL**')])
})

test('the guide for any other client names where some of them keep both values', () => {
  const steps = guides.generic({ scimUrl, example }).connect.map(({ text }) => text)
  for (const name of ['authentik', 'Rippling', 'CyberArk Identity', 'Keycloak'])
    expect(steps.filter((text) => text.includes(name))).toHaveLength(1)
})

test.each(offeredIdps)('every text of the guide for %s is in the notation', (idp) => {
  const guide = guides[idp]({ scimUrl, example })
  const texts = [...guide.connect, ...guide.assign, ...guide.customAttribute].map((step) => step.text)
  for (const text of [...texts, guide.test])
    for (const piece of guideText(text)) expect(piece.text).not.toMatch(/\*\*|`/)
})

test.each(offeredIdps)('every target of the mapping for %s is an attribute that the schema has', (idp) => {
  const models = createModels([])
  for (const { target, resource } of guides[idp]({ scimUrl, example }).mapping) {
    const plain = target.replaceAll(/\[[^\]]*\]/g, '')
    const path = parseAttributePath(resource === 'User' ? models.user : models.group, plain, { unknown: 'error' })
    expect(path.text).toBe(plain)
    expect(path.attribute).toBeDefined()
  }
})
