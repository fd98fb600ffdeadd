import type { Administer } from '../administration/administer.ts'
import type { ConsoleSessionRow } from '../store/configuration/console-access.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { accessHash, cookieFor, isCookieFor, newAccessSecret } from './access-secret.ts'

/** A key that nobody has traded is void after this time, in ms. */
const keyLifeMs = 3_600_000
/** A session that is not used ends after this time, in ms. */
const idleMs = 7 * 86_400_000
/** And every session after this one. */
const longestMs = 30 * 86_400_000
/** How often the date of last use is written, in ms. */
const writeEveryMs = 60_000
/** The same while a connection stands open: that alone says little, and each write waits for the disk. */
const writeOpenEveryMs = 600_000

/** What is noted of a browser, to tell sessions apart in a list. */
export interface Visitor {
  readonly userAgent: string
  readonly remoteAddress: string
  /** Whether it is known to be a process of another user of this machine. */
  readonly isOfAnotherUser?: () => boolean
}

export interface SignedIn {
  readonly id: number
  /** The cookie's value. */
  readonly cookie: string
  /** What the page keeps where only its own origin can read it. */
  readonly pageSecret: string
  /** Ms since the epoch. */
  readonly endsAtLatest: number
}

/** What a caller shows of a session; either is empty where it shows nothing. */
export type Shown = Pick<SignedIn, 'cookie' | 'pageSecret'>

/** When a session ends however much it is used, in ms since the epoch. */
function endsAtLatest({ created_at }: Pick<ConsoleSessionRow, 'created_at'>): number {
  return created_at + longestMs
}

/** Who is signed in to the console. Sessions are in the database, so that they outlive the server; their secrets are hashed there. */
export interface ConsoleSessions {
  /** A key for a URL, to be traded once within the hour; `own` is for processes of the user of this process alone, where that can be told. */
  issueKey(own?: 'own'): Promise<string>
  /** Undefined for a key that is not known, expired, used, or not for this visitor; the last leaves it as it is. */
  trade(key: string, visitor: Visitor): Promise<SignedIn | undefined>
  /** For somebody whose password has been checked. */
  signIn(visitor: Visitor): Promise<SignedIn>
  /** The session of a cookie and the secret that goes with it; undefined when they do not belong together, or it has ended. */
  find(shown: Shown): ConsoleSessionRow | undefined
  /** The session of a cookie alone, for a caller who shows something else that only the page was given; undefined when it has ended. */
  findByCookie(cookie: string): ConsoleSessionRow | undefined
  /** Notes that a connection of this session stands open. Returns whether the session goes on: another process may have ended it. */
  keepOpen(id: number): boolean
  list(): readonly ConsoleSessionRow[]
  /** Ends one session; returns how many that were. */
  end(id: number): Promise<number>
  /** Ends all but one. */
  endOthers(id: number): Promise<number>
  /** Calls the listener after sessions were ended here. Returns how to stop it. */
  onEnded(listener: () => void): () => void
}

interface Parts {
  readonly administer: Administer
  readonly reads: StoreReads
  readonly clock: () => number
}

export function createConsoleSessions({ administer, reads, clock }: Parts): ConsoleSessions {
  const listeners = new Set<() => void>()
  /** The hashes of keys that other users of this machine cannot trade. They end with the process. */
  const ownKeys = new Set<string>()
  const written = new Map<number, number>()

  function newSession(visitor: Visitor) {
    const pageSecret = newAccessSecret()
    const cookie = cookieFor(pageSecret)
    const now = clock()
    return {
      cookie,
      pageSecret,
      endsAtLatest: endsAtLatest({ created_at: now }),
      row: {
        hash: accessHash(cookie),
        expiresAt: now + idleMs,
        userAgent: visitor.userAgent.slice(0, 500),
        remoteAddress: visitor.remoteAddress.slice(0, 100),
      },
    }
  }

  /** A disk that is full just now must not sign anybody out. */
  function seen(session: ConsoleSessionRow, everyMs: number): void {
    const now = clock()
    const since = now - (written.get(session.id) ?? session.last_seen_at)
    // Less than nothing has gone by where the clock was set back.
    if (since >= 0 && since < everyMs) return
    written.set(session.id, now)
    const expiresAt = Math.min(now + idleMs, endsAtLatest(session))
    void administer('console-session-seen', { id: session.id, expiresAt }).catch(() => undefined)
  }

  async function end(id: number, which: 'this' | 'others'): Promise<number> {
    const { ended } = await administer('end-console-sessions', { id, which })
    if (which === 'this') written.delete(id)
    for (const listener of listeners) listener()
    return ended
  }

  function findByCookie(cookie: string): ConsoleSessionRow | undefined {
    const session = reads.consoleAccess.session(accessHash(cookie), clock())
    if (session) seen(session, writeEveryMs)
    return session
  }

  return {
    async issueKey(own) {
      const key = newAccessSecret()
      if (own) ownKeys.add(accessHash(key))
      await administer('add-console-key', { hash: accessHash(key), expiresAt: clock() + keyLifeMs })
      return key
    },
    async trade(key, visitor) {
      const keyHash = accessHash(key)
      // A guess costs a look, not a write.
      if (!reads.consoleAccess.isKey(keyHash, clock())) return undefined
      if (ownKeys.has(keyHash) && visitor.isOfAnotherUser?.()) return undefined
      const { row, ...signedIn } = newSession(visitor)
      const made = await administer('trade-console-key', { keyHash, session: row })
      return made && { id: made.id, ...signedIn }
    },
    async signIn(visitor) {
      const { row, ...signedIn } = newSession(visitor)
      const made = await administer('add-password-session', { session: row })
      return { id: made.id, ...signedIn }
    },
    find: ({ cookie, pageSecret }) => (isCookieFor(cookie, pageSecret) ? findByCookie(cookie) : undefined),
    findByCookie,
    keepOpen(id) {
      const session = reads.consoleAccess.sessions(clock()).find((each) => each.id === id)
      if (session) seen(session, writeOpenEveryMs)
      return session !== undefined
    },
    list: () => reads.consoleAccess.sessions(clock()),
    end: (id) => end(id, 'this'),
    endOthers: (id) => end(id, 'others'),
    onEnded(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
