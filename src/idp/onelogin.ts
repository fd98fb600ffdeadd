import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { elements, field, isWholeResource, text } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

/** The body of a user comes from a JSON template that the admin edits, hence most of its dialects. */
export const onelogin: Idp = {
  id: 'onelogin',
  displayName: 'OneLogin',
  isInTheCloud: true,
  rhythm: eventRhythm('Activity › Events and the Users tab of the app in OneLogin'),
  dialects: [
    {
      code: 'boolean-as-text',
      sentence: 'OneLogin does this when the SCIM JSON template has quotes around the value; remove them.',
      transcript: 'onelogin-008',
    },
    {
      code: 'single-for-array',
      sentence: 'The SCIM JSON template in OneLogin has an object where a list belongs; put brackets around it.',
      transcript: 'onelogin-005',
    },
    {
      code: 'manager-id-key',
      sentence: 'Some SCIM JSON templates in OneLogin name the manager so; the key should be "value".',
      transcript: 'derived-onelogin-template',
    },
    {
      code: 'manager-not-here',
      sentence: 'The SCIM JSON template of OneLogin fills it; SCIM asks for the id that the manager has here.',
    },
    {
      code: 'former-urn',
      sentence: 'The SCIM JSON template of OneLogin names it so; the URN of SCIM 2.0 can stand in its place.',
      transcript: 'derived-onelogin-template',
    },
    {
      code: 'scim-1-members',
      sentence: 'OneLogin changes groups in the manner of SCIM 1.1; there is no setting for it.',
      transcript: 'onelogin-007',
      isTypical: true,
    },
    {
      code: 'unknown-schema',
      sentence: 'OneLogin names the schema of SCIM 1.1 when it changes groups.',
      transcript: 'onelogin-007',
      isAbout: ({ seen }) => seen?.startsWith('urn:scim:schemas:') === true,
    },
    {
      code: 'unknown-attribute',
      sentence: 'In OneLogin, remove the attribute from the SCIM JSON template, or add it here under Attributes.',
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names OneLogin',
      isIn: (request) => /onelogin/i.test(request.userAgent),
    },
    {
      certainty: 'likely',
      because: 'it changes a group in the manner of SCIM 1.1',
      isIn: (request) =>
        request.method === 'PATCH' &&
        elements(request.body, 'members')
          .slice(0, 10)
          .some((each) => isJsonObject(each) && text(each, 'operation') !== ''),
    },
    {
      certainty: 'guess',
      because: '"active" is text in a whole user',
      isIn: (request) => isWholeResource(request) && /^(?:true|false)$/.test(text(request.body, 'active')),
    },
    {
      certainty: 'guess',
      because: '"emails" is one object instead of a list',
      isIn: (request) => isWholeResource(request) && isJsonObject(field(request.body, 'emails')),
    },
    {
      certainty: 'guess',
      because: 'a new user comes with an id of null',
      isIn: (request) => request.method === 'POST' && field(request.body, 'id') === null,
    },
  ],
}
