import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { elements, isWholeResource, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

/** Keycloak has no SCIM client of its own; its plug-ins write the whole member list, by PUT or in one PATCH. */
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
    {
      // `toSCIM` of keycloak-scim's GroupAdapter.
      certainty: 'guess',
      because: 'it names members by a URI that begins at "Users/"',
      isIn: (request) =>
        isWholeResource(request) &&
        elements(request.body, 'members')
          .slice(0, 10)
          .some((member) => isJsonObject(member) && /^Users\/[^/]+$/.test(text(member, '$ref'))),
    },
    {
      // `toPatchBuilder` of keycloak-scim's GroupAdapter.
      certainty: 'guess',
      because: 'one request sets the members, the name and the externalId of a group',
      isIn: (request) =>
        request.operations.map((each) => text(each, 'path')).join(' ') === 'members displayName externalId',
    },
  ],
}
