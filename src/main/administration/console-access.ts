import type { SignedInBy } from '../store/configuration/console-access.ts'
import type { AdministrationScope } from './administration-scope.ts'

/** Makes a key that can be traded once for a session. */
export function addConsoleKey(
  scope: AdministrationScope,
  input: { readonly hash: string; readonly expiresAt: number },
): void {
  scope.store.consoleAccess.tidy(scope.now)
  scope.store.consoleAccess.addKey(input.hash, input.expiresAt)
}

export interface NewConsoleSession {
  readonly hash: string
  readonly expiresAt: number
  readonly userAgent: string
  readonly remoteAddress: string
}

function addSession(scope: AdministrationScope, by: SignedInBy, session: NewConsoleSession): number {
  return scope.store.consoleAccess.addSession({
    hash: session.hash,
    signed_in_by: by,
    created_at: scope.now,
    last_seen_at: scope.now,
    expires_at: session.expiresAt,
    user_agent: session.userAgent,
    remote_address: session.remoteAddress,
  })
}

/** Trades a key for a session; undefined when there is no such key any more. Of two that come at once, one gets in. */
export function tradeConsoleKey(
  scope: AdministrationScope,
  input: { readonly keyHash: string; readonly session: NewConsoleSession },
): { readonly id: number } | undefined {
  if (!scope.store.consoleAccess.takeKey(input.keyHash, scope.now)) return undefined
  return { id: addSession(scope, 'key', input.session) }
}

/** A session for somebody whose password has been checked. */
export function addPasswordSession(
  scope: AdministrationScope,
  input: { readonly session: NewConsoleSession },
): { readonly id: number } {
  scope.store.consoleAccess.tidy(scope.now)
  return { id: addSession(scope, 'password', input.session) }
}

/** Keeps a session that is used alive. */
export function consoleSessionSeen(
  scope: AdministrationScope,
  input: { readonly id: number; readonly expiresAt: number },
): void {
  scope.store.consoleAccess.sessionSeen(input.id, scope.now, input.expiresAt)
}

/** Ends one session, or all but one; returns how many. */
export function endConsoleSessions(
  scope: AdministrationScope,
  input: { readonly id: number; readonly which: 'this' | 'others' },
): { readonly ended: number } {
  const { consoleAccess } = scope.store
  return {
    ended: input.which === 'this' ? consoleAccess.removeSession(input.id) : consoleAccess.removeOtherSessions(input.id),
  }
}
