import type { Idp } from './idp.ts'
import { googleRhythm } from './rhythm.ts'

/** No exchange of Google Workspace is public but for its User-Agent and media type, application/json (pond/scimitar#142). */
export const google: Idp = {
  id: 'google',
  displayName: 'Google Workspace',
  isInTheCloud: true,
  rhythm: googleRhythm,
  dialects: [],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent is Google-Auto-Provisioning',
      isIn: (request) => /^Google-Auto-Provisioning\b/i.test(request.userAgent),
    },
    {
      // Health checks of Google Cloud and clients made with Google's libraries name it too.
      certainty: 'guess',
      because: 'its User-Agent names Google',
      isIn: (request) => /\bgoogle/i.test(request.userAgent),
    },
  ],
}
