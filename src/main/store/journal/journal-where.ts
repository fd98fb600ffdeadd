import type { ExchangeTerm } from './exchange-term.ts'

/** Which exchanges are meant; every condition that is given must hold. */
export interface JournalWhere {
  /** One status (`404`) or a class of them (`4xx`). */
  readonly status?: string
  readonly method?: string
  /** The slug of the integration. */
  readonly integration?: string
  /** The id of a user or group. */
  readonly resource?: string
  readonly endpoint?: string
  /** The phrase, or its beginning: `user match lookup` includes `user match lookup (no match)`. */
  readonly classification?: string
  /** Anywhere in the target, headers, bodies or trace, in any letter case. */
  readonly text?: string
  /** Further texts, all of which must stand there, and those of which none may. */
  readonly texts?: { readonly all: readonly string[]; readonly none: readonly string[] }
  readonly terms?: readonly ExchangeTerm[]
  /** Only these. */
  readonly ids?: readonly number[]
  /** Arrival, in ms since the epoch; both ends are included. */
  readonly since?: number
  readonly until?: number
}
