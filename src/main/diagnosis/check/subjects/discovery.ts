import { items, member, textOf } from '../../../../idp/simulated/answer-content.ts'
import type { JsonValue } from '../../../../scim/json/json.ts'
import { userSchemaUrn } from '../../../../scim/urn.ts'
import type { Answer } from '../../exchange.ts'
import { skipped, verdictOf, type CheckGroup } from '../check.ts'
import { hasStatus, hasText, holds, isKind } from '../expectations.ts'

const features = ['patch', 'bulk', 'filter', 'changePassword', 'sort', 'etag'] as const

const byText = (answer: Answer, name: string, value: string): JsonValue | undefined =>
  items(member(answer.body, 'Resources')).find((each) => textOf(each, name)?.toLowerCase() === value.toLowerCase())

function attribute(schema: JsonValue | undefined, name: string): JsonValue | undefined {
  return items(member(schema, 'attributes') ?? member(schema, 'subAttributes')).find(
    (each) => textOf(each, 'name')?.toLowerCase() === name.toLowerCase(),
  )
}

export const discovery: CheckGroup = {
  subject: 'Discovery',
  checks: [
    {
      id: 'config',
      title: '/ServiceProviderConfig says what the endpoint can do',
      basis: 'RFC 7644 §4, RFC 7643 §5',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/ServiceProviderConfig')
        return verdictOf(
          hasStatus(answer, 200),
          ...features.map((each) => isKind(answer, [each, 'supported'], 'boolean')),
          holds(Array.isArray(member(answer.body, 'authenticationSchemes')), 'a list of authenticationSchemes', 'none'),
        )
      },
    },
    {
      id: 'resource-types',
      title: '/ResourceTypes lists User with its endpoint and schema',
      basis: 'RFC 7644 §4, RFC 7643 §6',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/ResourceTypes')
        const user = byText(answer, 'name', 'User')
        return verdictOf(
          hasStatus(answer, 200),
          holds(user !== undefined, 'a resource type User in Resources', 'none'),
          holds(
            textOf(user, 'endpoint')?.endsWith('/Users') === true,
            'its endpoint is /Users',
            `it is ${textOf(user, 'endpoint') ?? 'absent'}`,
          ),
          holds(
            textOf(user, 'schema') === userSchemaUrn,
            `its schema is ${userSchemaUrn}`,
            `it is ${textOf(user, 'schema') ?? 'absent'}`,
          ),
        )
      },
    },
    {
      id: 'resource-type',
      title: '/ResourceTypes/User can be read by itself',
      basis: 'RFC 7644 §4, CyberArk',
      weight: 'may',
      async run(lab) {
        const answer = await lab.get('/ResourceTypes/User')
        return verdictOf(hasStatus(answer, 200), hasText(answer, ['name'], 'User'))
      },
    },
    {
      id: 'schemas',
      title: '/Schemas describes User, with a required userName',
      basis: 'RFC 7644 §4, RFC 7643 §7',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/Schemas')
        const userName = attribute(byText(answer, 'id', userSchemaUrn), 'userName')
        return verdictOf(
          hasStatus(answer, 200),
          holds(userName !== undefined, `an attribute userName in ${userSchemaUrn}`, 'none'),
          holds(member(userName, 'required') === true, 'userName is required', 'it is not'),
        )
      },
    },
    {
      id: 'email-types',
      title: 'The schema names the types of e-mail addresses, "work" among them',
      basis: 'Entra ID (gallery validation)',
      weight: 'should',
      async run(lab) {
        const answer = await lab.get('/Schemas')
        const emails = attribute(byText(answer, 'id', userSchemaUrn), 'emails')
        if (emails === undefined) return skipped('the schema of User describes no emails')
        const types = items(member(attribute(emails, 'type'), 'canonicalValues'))
        return verdictOf(
          holds(types.includes('work'), 'canonicalValues of emails.type with "work"', JSON.stringify(types)),
        )
      },
    },
    {
      id: 'schema',
      title: 'A schema can be read by its URN',
      basis: 'RFC 7644 §4, CyberArk',
      weight: 'may',
      async run(lab) {
        const answer = await lab.get(`/Schemas/${userSchemaUrn}`)
        return verdictOf(hasStatus(answer, 200), hasText(answer, ['id'], userSchemaUrn))
      },
    },
    {
      id: 'media-type',
      title: 'Answers are application/scim+json',
      basis: 'RFC 7644 §3.1',
      weight: 'should',
      async run(lab) {
        const { contentType } = await lab.get('/Users?startIndex=1&count=1')
        return verdictOf(
          holds(contentType.startsWith('application/scim+json'), 'application/scim+json', contentType || 'no type'),
        )
      },
    },
    {
      id: 'filter-claimed',
      title: 'Filters are supported',
      basis: 'Entra ID, Okta',
      weight: 'must',
      run: (lab) =>
        Promise.resolve(
          verdictOf(
            holds(
              lab.capabilities.claims('filter') !== false,
              'filter.supported is true in ServiceProviderConfig',
              'it is false',
            ),
          ),
        ),
    },
    {
      id: 'patch-claimed',
      title: 'PATCH is supported',
      basis: 'Entra ID, Okta (catalogue apps)',
      weight: 'must',
      run: (lab) =>
        Promise.resolve(
          verdictOf(
            holds(
              lab.capabilities.claims('patch') !== false,
              'patch.supported is true in ServiceProviderConfig',
              'it is false',
            ),
          ),
        ),
    },
  ],
}
