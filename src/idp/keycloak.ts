import { isJsonObject } from '../scim/json.ts'
import type { Idp } from './idp.ts'
import { elements, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

/** Keycloak has no SCIM client of its own; its plug-ins replace the whole member list in one PATCH. */
export const keycloak: Idp = {
  id: 'keycloak',
  displayName: 'Keycloak',
  isInTheCloud: false,
  rhythm: eventRhythm(),
  dialects: [
    {
      // Read in the source of keycloak-scim: SCIM-SDK, which writes its bodies, leaves an empty list out.
      code: 'members-kept',
      sentence:
        'Plug-ins of Keycloak leave the list out when the last member has gone; let the plug-in change groups by PATCH instead of PUT.',
      isTypical: true,
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names Keycloak',
      isIn: (request) => /keycloak/i.test(request.userAgent),
    },
    {
      certainty: 'guess',
      because: 'it replaces the whole member list, each member with its URI and type',
      isIn: (request) =>
        request.operations.some(
          (each) =>
            text(each, 'op') === 'replace' &&
            text(each, 'path') === 'members' &&
            elements(each, 'value')
              .slice(0, 10)
              .some((member) => isJsonObject(member) && text(member, '$ref') !== '' && text(member, 'type') === 'User'),
        ),
    },
  ],
}
