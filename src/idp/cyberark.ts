import type { Idp } from './idp.ts'
import { eventRhythm } from './rhythm.ts'

/** Sticks to the RFC; it is the one that reads single resource types and schemas. */
export const cyberark: Idp = {
  id: 'cyberark',
  displayName: 'CyberArk Identity',
  isInTheCloud: true,
  rhythm: eventRhythm(),
  dialects: [],
  traits: [
    {
      certainty: 'likely',
      because: 'its User-Agent names CyberArk',
      isIn: (request) => /cyberark|idaptive/i.test(request.userAgent),
    },
    {
      certainty: 'guess',
      because: 'it reads a single resource type or schema',
      isIn: (request) => request.method === 'GET' && /^\/(?:ResourceTypes|Schemas)\/./i.test(request.path),
    },
    {
      certainty: 'guess',
      because: 'it asks for one user to check its token',
      isIn: (request) => request.path === '/Users' && request.rawQuery.replace(/^\?/, '') === 'count=1',
    },
  ],
}
