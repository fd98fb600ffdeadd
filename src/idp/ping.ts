import { isJsonObject } from '../scim/json/json.ts'
import type { Idp } from './idp.ts'
import { elements, field, isWholeResource } from './observed-request.ts'
import { eventRhythm } from './rhythm.ts'

/** PingFederate and PingOne: updates by PUT alone. */
export const ping: Idp = {
  id: 'ping',
  displayName: 'Ping',
  isInTheCloud: true,
  rhythm: eventRhythm('the audit log of PingOne'),
  dialects: [
    {
      code: 'several-primary',
      sentence: 'Ping marks one address of each type as primary; map only one type to avoid it.',
      transcript: 'ping-002',
    },
    {
      code: 'attribute-alias',
      sentence: 'The User Filter Expression in PingOne can be changed to name the attribute in full.',
      transcript: 'ping-005',
    },
    {
      code: 'email-alias',
      sentence: 'Change the User Filter Expression in PingOne to emails.value to avoid it.',
    },
  ],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names Ping',
      isIn: (request) => /\bping(?:one|federate|identity|directory)/i.test(request.userAgent),
    },
    {
      certainty: 'guess',
      because: "the filter is written as in PingOne's example",
      isIn: (request) => /^(?:username Eq|email Co) "/.test(request.filter),
    },
    {
      certainty: 'guess',
      because: 'two e-mail addresses are marked as primary',
      isIn: (request) =>
        isWholeResource(request) &&
        elements(request.body, 'emails')
          .slice(0, 10)
          .filter((each) => isJsonObject(each) && field(each, 'primary') === true).length > 1,
    },
  ],
}
