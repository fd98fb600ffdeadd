import { StateBadge } from './state-badge.tsx'
import { statusMeaning } from './request-text.ts'

/** An HTTP status with its meaning. */
export function StatusCode({ status }: { readonly status: number }) {
  return status === 0 ? <>–</> : <StateBadge meaning={statusMeaning(status)} word={String(status)} />
}
