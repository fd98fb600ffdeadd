import { idps } from './catalogue.ts'
import type { Certainty, IdpId, Trait } from './idp.ts'
import { observe, type SeenRequest } from './observed-request.ts'

export interface Detection {
  readonly idp: IdpId
  readonly certainty: Certainty
  /** One sentence for a person. */
  readonly because: string
}

const known = Object.values(idps)
const byCertainty: readonly Certainty[] = ['certain', 'likely', 'guess']

interface Candidate {
  readonly idp: IdpId
  readonly displayName: string
  readonly trait: Trait
}

const candidates: readonly Candidate[] = byCertainty.flatMap((certainty) =>
  known.flatMap(({ id, displayName, traits }) =>
    traits.filter((each) => each.certainty === certainty).map((trait) => ({ idp: id, displayName, trait })),
  ),
)

function verb(certainty: Certainty): string {
  return certainty === 'certain' ? 'This is' : certainty === 'likely' ? 'This is likely' : 'This may be'
}

/**
 * Guesses go by what several IdPs do. Where one contradicts what the integration is set up for, that is the better guess; what is surer
 * stands.
 */
export function withChosen(detection: Detection, chosen: IdpId): Detection {
  if (detection.certainty !== 'guess' || detection.idp === 'generic' || chosen === 'generic') return detection
  if (detection.idp === chosen) return detection
  return {
    idp: chosen,
    certainty: 'guess',
    because: `This may be ${idps[chosen].displayName}: the integration is set up for it.`,
  }
}

/**
 * Which IdP a single request seems to come from, by its surest trait. The answer is for people to read and for defaults
 * to start from; nothing may be allowed or refused by it, since any client can send any header.
 */
export function detectIdp(request: SeenRequest): Detection {
  const observed = observe(request)
  const found = candidates.find(({ trait }) => trait.isIn(observed))
  if (found === undefined)
    return {
      idp: 'generic',
      certainty: 'guess',
      because: 'Nothing in the request tells which identity provider sent it.',
    }
  const { idp, displayName, trait } = found
  return {
    idp,
    certainty: trait.certainty,
    because: `${verb(trait.certainty)} ${displayName}: ${trait.because}.`,
  }
}
