import type { IntegrationRow } from '../../store/integrations.ts'
import type { TokenRow } from '../../store/tokens.ts'
import type { Condition } from '../condition.ts'

const day = 86_400_000
/** Told so many days before, each once. */
const days: readonly number[] = [0, 1, 7, 30]

/** The smallest of the announced numbers of days that is not yet over. */
function stepOf(left: number): number | undefined {
  return days.find((each) => left <= each * day)
}

/** A token that ends, or is old enough to be replaced. */
export function tokenDue(
  integration: Pick<IntegrationRow, 'slug' | 'name' | 'enabled'>,
  token: Pick<TokenRow, 'prefix' | 'created_at' | 'expires_at'>,
  rotateAfterDays: number | null,
  now: number,
): Condition | undefined {
  if (integration.enabled === 0) return undefined
  const isExpiry = token.expires_at !== null
  const due = token.expires_at ?? (rotateAfterDays === null ? undefined : token.created_at + rotateAfterDays * day)
  const step = due === undefined ? undefined : stepOf(due - now)
  if (due === undefined || step === undefined) return undefined
  const { slug, name } = integration
  const left = Math.max(0, Math.ceil((due - now) / day))
  const when = step === 0 ? 'now' : `in ${left} ${left === 1 ? 'day' : 'days'}`
  return {
    rule: 'token-due',
    subject: `${slug}:${token.prefix}`,
    level: String(step),
    integration: { slug, name },
    title: isExpiry
      ? step === 0
        ? `The token of ${name} has expired`
        : `The token of ${name} expires ${when}`
      : `The token of ${name} is due for rotation ${when}`,
    lines: [
      isExpiry
        ? 'From then on every request is refused with 401, until the identity provider has a new one.'
        : `It was issued ${Math.floor((now - token.created_at) / day)} days ago and never expires by itself.`,
      `Rotate it, with an overlap so that nothing is interrupted: rollcall tokens rotate ${slug} --overlap 24h`,
    ],
    facts: { prefix: token.prefix, dueAt: new Date(due).toISOString(), expires: isExpiry },
    over: `The token of ${name} is no longer due for rotation`,
  }
}
