import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { field, isWholeResource, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

const userAgent = /^Okta SCIM Client\b/i
const oktaId = /^00[ug][0-9A-Za-z]{17}$/

/** The User-Agent is documented: developer.okta.com, SCIM 2.0 guide. */
export const okta: Idp = {
  id: 'okta',
  displayName: 'Okta',
  isInTheCloud: true,
  rhythm: eventRhythm('View Logs and Dashboard › Tasks in the Okta Admin Console'),
  dialects: [
    {
      code: 'password-not-kept',
      sentence: 'Okta sends a random password with each new user unless Sync Password is off.',
      transcript: 'okta-create-001',
    },
    {
      code: 'read-only-ignored',
      sentence:
        'Okta sends such values along with its changes: the id, an empty groups list, the name of the manager. There is nothing to set.',
      transcript: 'okta-group-003',
    },
    {
      // github.com/grokability/snipe-it/issues/19005
      code: 'manager-not-here',
      sentence:
        'Okta sends what its profile has for the manager, most often a name or a number of the HR system, and not the id that SCIM asks for; unmap managerValue under To App if nobody needs it.',
    },
    {
      code: 'unknown-attribute',
      sentence: 'In Okta, unmap the attribute under To App, or add it here under Attributes.',
      transcript: 'okta-create-004',
    },
  ],
  traits: [
    {
      certainty: 'certain',
      because: 'its User-Agent is Okta SCIM Client',
      isIn: (request) => userAgent.test(request.userAgent),
    },
    {
      certainty: 'likely',
      because: 'the externalId has the form of an Okta id',
      isIn: (request) => isWholeResource(request) && oktaId.test(text(request.body, 'externalId')),
    },
    {
      certainty: 'guess',
      because: "it asks for startIndex=1&count=2, as Okta's connection test does",
      isIn: (request) => request.query.startIndex === '1' && request.query.count === '2' && request.filter === '',
    },
    {
      certainty: 'guess',
      because: 'it renames a group with its id inside the value',
      isIn: (request) =>
        request.operations.some((each) => {
          const value = field(each, 'value')
          return (
            text(each, 'op') === 'replace' &&
            field(each, 'path') === undefined &&
            isJsonObject(value) &&
            text(value, 'id') !== '' &&
            text(value, 'displayName') !== '' &&
            field(value, 'schemas') === undefined
          )
        }),
    },
  ],
}
