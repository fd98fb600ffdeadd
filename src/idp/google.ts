import type { Idp } from './idp.ts'
import { googleRhythm } from './rhythm.ts'

/** No exchange of Google Workspace is public: only a User-Agent that names it counts. */
export const google: Idp = {
  id: 'google',
  displayName: 'Google Workspace',
  isInTheCloud: true,
  rhythm: googleRhythm,
  dialects: [],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names Google',
      isIn: (request) => /\bgoogle/i.test(request.userAgent),
    },
  ],
}
