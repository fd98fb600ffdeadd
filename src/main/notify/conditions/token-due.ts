import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { TokenRow } from '../../store/configuration/tokens.ts'
import type { Condition } from '../condition.ts'

const day = 86_400_000
/** Told so many days before, each once. */
const days: readonly number[] = [0, 1, 7, 30]

/** The smallest of the announced numbers of days that is not yet over. */
function stepOf(left: number): number | undefined {
  return days.find((each) => left <= each * day)
}

interface Due {
  readonly at: number
  readonly isExpiry: boolean
}

/** A token that ends, or is old enough to be replaced; of the two that it ends, since provisioning ends with it. */
export function tokenDue(
  integration: Pick<IntegrationRow, 'slug' | 'name' | 'enabled'>,
  token: Pick<TokenRow, 'prefix' | 'created_at' | 'expires_at'>,
  rotationDays: number,
  now: number,
): Condition | undefined {
  if (integration.enabled === 0) return undefined
  const ends: readonly Due[] = token.expires_at === null ? [] : [{ at: token.expires_at, isExpiry: true }]
  const dues: readonly Due[] = [...ends, { at: token.created_at + rotationDays * day, isExpiry: false }]
  const due = dues.find(({ at }) => stepOf(at - now) !== undefined)
  if (due === undefined) return undefined
  const { slug, name } = integration
  const step = stepOf(due.at - now)
  const left = Math.max(0, Math.ceil((due.at - now) / day))
  const when = step === 0 ? 'now' : `in ${left} ${left === 1 ? 'day' : 'days'}`
  return {
    rule: 'token-due',
    subject: `${slug}:${token.prefix}`,
    level: `${due.isExpiry ? 'expiry' : 'rotation'}-${step}`,
    integration: { slug, name },
    title: due.isExpiry
      ? step === 0
        ? `The token of ${name} has expired`
        : `The token of ${name} expires ${when}`
      : `The token of ${name} is due for rotation ${when}`,
    lines: [
      due.isExpiry
        ? 'From then on every request is refused with 401, until the identity provider has a new one.'
        : `It was issued ${Math.floor((now - token.created_at) / day)} days ago, and is to be replaced after ${rotationDays}.`,
      `Rotate it, with an overlap so that nothing is interrupted: rollcall tokens rotate ${slug} --overlap 24h`,
    ],
    facts: { prefix: token.prefix, dueAt: new Date(due.at).toISOString(), expires: due.isExpiry },
    over: `The token of ${name} is no longer due for rotation`,
  }
}
