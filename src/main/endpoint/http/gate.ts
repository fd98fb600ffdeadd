import { forbidden, type ScimError, tooManyRequests, unauthorized, unavailable } from '../../../scim/error.ts'
import type { Note } from '../../../scim/note.ts'
import { tokenPrefix } from '../../administration/integrations/new-token.ts'
import type { Integration } from '../../directory/directory-config.ts'
import { presentedToken } from '../authentication/authenticator.ts'
import type { EndpointParts } from '../endpoint-parts.ts'
import { replyOfError, type Reply } from '../reply.ts'
import type { RequestContext } from '../request-context.ts'
import { issuerHost } from '../authentication/token-issuer.ts'
import { type TokenSlip, tokenSlip } from '../authentication/token-slip.ts'

function refused(
  context: RequestContext,
  error: ScimError,
  code: string,
  headers?: Readonly<Record<string, string>>,
): Reply {
  context.trace.add({ step: 'authenticate', code })
  return replyOfError(error, headers)
}

/**
 * What is told of a token that opens nothing, in the log alone: the client learns no more than that. One that begins like a token that was voided is taken
 * for it, and one that begins like a token in use for a part of it; the rest of either is kept nowhere. Of a JSON Web Token it is told whose it is.
 */
function unknownToken({ reads }: EndpointParts, token: string, slip: TokenSlip | undefined): Note | undefined {
  const issuer = issuerHost(token)
  if (issuer !== undefined) return { step: 'authenticate', code: 'token-jwt', ...(issuer !== '' && { seen: issuer }) }
  const prefix = tokenPrefix(token)
  const known = prefix === undefined ? undefined : reads.tokens.withPrefix(prefix)
  if (known?.state === 'void') return { step: 'authenticate', code: 'token-revoked', seen: known.prefix }
  // That it is not known follows from its form; that a part of it is says which token is meant.
  if (slip !== undefined && (known === undefined || slip !== 'cut-off')) return undefined
  return { step: 'authenticate', code: 'token-unknown', ...(known && { seen: known.prefix }) }
}

/** What a header that holds no token is of instead, where that is a known word: whatever else stands there may be a secret. */
function missingToken(header: string): Note {
  if (/^(?:bearer)?\s*$/i.test(header)) return { step: 'authenticate', code: 'token-missing' }
  const scheme = /^\s*(basic|digest|negotiate|ntlm|apikey|token|ssws|hawk|aws4-hmac-sha256)\b/i.exec(header)?.[1]
  return { step: 'authenticate', code: 'not-bearer', ...(scheme !== undefined && { seen: scheme }) }
}

/** What is wrong with a token that was not accepted, for the log alone. */
function tellOfToken(parts: EndpointParts, { request, trace }: RequestContext, kind: 'missing' | 'unknown'): void {
  const header = request.headers.authorization ?? ''
  const token = presentedToken(header) ?? ''
  const slipped = issuerHost(token) === undefined ? tokenSlip(header) : undefined
  if (slipped) trace.add({ step: 'authenticate', code: 'token-slip', seen: slipped.slip })
  if (kind === 'missing' && slipped?.token === undefined) return trace.add(missingToken(header))
  const note = unknownToken(parts, slipped?.token ?? token, slipped?.slip)
  if (note) trace.add(note)
}

const challenges = {
  missing: 'Send the token of the integration as "Authorization: Bearer TOKEN".',
  unknown: 'The token is wrong or no longer valid. Copy it again or issue a new one.',
  /** The token of another integration: not to be told from a wrong one outside. */
  elsewhere: 'The token is wrong or no longer valid. Copy it again or issue a new one.',
  /** As one that was revoked, which the token is as soon as somebody looks. */
  replaced: 'The token is wrong or no longer valid. Copy it again or issue a new one.',
  expired: 'The token has expired. Issue a new one.',
} as const

/** 401 with a challenge (RFC 6750 §3), or 429 for an address from which too many wrong tokens have come. */
export function refuseToken(
  parts: EndpointParts,
  context: RequestContext,
  kind: keyof typeof challenges,
  replacedPrefix?: string,
): Reply {
  // Of a token that belongs elsewhere the route has told already.
  if (kind === 'expired') context.trace.add({ step: 'authenticate', code: 'token-expired' })
  else if (kind === 'replaced')
    context.trace.add({
      step: 'authenticate',
      code: 'token-revoked',
      ...(replacedPrefix !== undefined && { seen: replacedPrefix }),
    })
  else if (kind !== 'elsewhere') tellOfToken(parts, context, kind)
  const wait = kind === 'missing' ? undefined : parts.throttle.strike(context.connection.remoteAddress, context.now)
  if (wait !== undefined)
    return refused(
      context,
      tooManyRequests('Too many wrong tokens have come from this address. Wait, then send the right one.'),
      'wrong-tokens',
      {
        'retry-after': String(wait),
      },
    )
  const challenge = kind === 'missing' ? 'Bearer realm="Rollcall"' : 'Bearer realm="Rollcall", error="invalid_token"'
  return replyOfError(unauthorized(challenges[kind]), { 'www-authenticate': challenge })
}

/** Why an integration with a valid token is not served now; undefined when it is. */
export function refuseIntegration(
  parts: EndpointParts,
  context: RequestContext,
  integration: Integration,
): Reply | undefined {
  if (!integration.isEnabled)
    return refused(context, forbidden('This integration is disabled. Enable it in Rollcall.'), 'integration-disabled')
  if (integration.isPaused)
    return refused(
      context,
      unavailable('This integration is paused. It answers again when it is resumed.'),
      'integration-paused',
      {
        'retry-after': '60',
      },
    )
  if (integration.administratorProblem !== undefined)
    return refused(context, forbidden(integration.administratorProblem), 'administrator-inactive')
  const perSecond = integration.policy.requestsPerSecond || parts.limits.requestsPerSecond
  const wait = perSecond > 0 ? parts.rateLimiter.take(integration.id, perSecond, context.now) : undefined
  if (wait === undefined) return undefined
  return refused(
    context,
    tooManyRequests(
      `More than ${perSecond} ${perSecond === 1 ? 'request a second has' : 'requests a second have'} come. Wait ${wait} s.`,
    ),
    'rate-limited',
    {
      'retry-after': String(wait),
    },
  )
}
