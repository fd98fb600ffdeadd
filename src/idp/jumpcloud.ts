import { enterpriseUserSchemaUrn } from '../scim/urn.ts'
import type { Idp } from './idp.ts'
import { elements, isWholeResource, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

const objectId = /^[0-9a-f]{24}$/

/** Its Test Connection makes a real user and a real group and deletes them again. */
export const jumpcloud: Idp = {
  id: 'jumpcloud',
  displayName: 'JumpCloud',
  isInTheCloud: true,
  rhythm: eventRhythm('Directory Insights in JumpCloud'),
  dialects: [
    {
      code: 'members-value-remove',
      sentence: 'JumpCloud names the members to remove in the value; there is no setting for it.',
      transcript: 'jumpcloud-008',
    },
    {
      code: 'read-only-ignored',
      sentence: 'JumpCloud sends the id along with the whole record; there is nothing to set.',
      transcript: 'jumpcloud-004',
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names JumpCloud',
      isIn: (request) => /jumpcloud/i.test(request.userAgent),
    },
    {
      certainty: 'guess',
      because: 'the externalId has the form of a JumpCloud id',
      isIn: (request) => isWholeResource(request) && objectId.test(text(request.body, 'externalId')),
    },
    {
      certainty: 'guess',
      because: 'the user names the enterprise schema before the core schema',
      isIn: (request) => request.method === 'PUT' && elements(request.body, 'schemas')[0] === enterpriseUserSchemaUrn,
    },
  ],
}
