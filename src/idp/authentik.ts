import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { elements, field, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

/** Read in its source: it creates without looking, and looks only when the answer is 409. */
export const authentik: Idp = {
  id: 'authentik',
  displayName: 'authentik',
  isInTheCloud: false,
  rhythm: { ...eventRhythm(), createsFirst: true },
  dialects: [
    {
      code: 'members-value-remove',
      sentence: 'authentik names the members to remove in the value; there is no setting for it.',
      transcript: 'authentik-004',
    },
    {
      code: 'uniqueness-refused',
      sentence:
        'This is expected from authentik: it creates first, and links the existing record when told of the conflict.',
      transcript: 'authentik-002',
    },
    {
      code: 'read-only-ignored',
      sentence: 'authentik sends the whole record, the id and the schemas included; there is nothing to set.',
      transcript: 'authentik-005',
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names authentik',
      isIn: (request) => /authentik/i.test(request.userAgent),
    },
    {
      certainty: 'guess',
      because: 'one operation replaces the whole group',
      isIn: (request) =>
        request.operations.some((each) => {
          const value = field(each, 'value')
          return (
            text(each, 'op') === 'replace' &&
            field(each, 'path') === undefined &&
            isJsonObject(value) &&
            elements(value, 'schemas').length > 0
          )
        }),
    },
    {
      certainty: 'guess',
      because: 'it pages with startIndex alone',
      isIn: (request) =>
        request.method === 'GET' && request.query.startIndex !== undefined && request.query.count === undefined,
    },
  ],
}
