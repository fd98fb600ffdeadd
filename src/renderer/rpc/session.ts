import { z } from 'zod'

const session = z.object({ signedIn: z.boolean(), hasPassword: z.boolean().default(false) })
const patienceMs = 10_000
const welcome = z.object({ page: z.string() })
const refusal = z.object({ problem: z.string() })

/** Where this origin keeps what its session's cookie is worth nothing without: servers on other ports of this host are sent that cookie too. */
const pageSecretKey = 'rollcall-page'

/** What goes with the cookie; empty when nobody has signed in here. */
export function pageSecret(): string {
  return localStorage.getItem(pageSecretKey) ?? ''
}

/** Whether this browser is signed in, and whether a password can sign it in. */
export type BrowserSession = z.infer<typeof session>

/** Rejects when the server cannot be reached, or does not answer in ten seconds. */
export async function readSession(): Promise<BrowserSession> {
  const response = await fetch('/session', {
    headers: { accept: 'application/json', 'x-rollcall-page': pageSecret() },
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  })
  return session.parse(await response.json())
}

/** The tabs of a browser share its session, and tell each other of a new one. */
const news = new BroadcastChannel('session')

/** Calls the listener whenever another tab of this browser has signed in. Returns what ends that. */
export function onSignedInElsewhere(listener: () => void): () => void {
  news.addEventListener('message', listener)
  return () => news.removeEventListener('message', listener)
}

/** Trades a one-time key or the password for the cookie of a session and what goes with it. Resolves to why not, as a sentence, or to nothing. */
export async function signIn(credentials: { readonly key: string } | { readonly password: string }) {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  if (response.ok) {
    localStorage.setItem(pageSecretKey, welcome.parse(await response.json()).page)
    // A channel is of this origin alone.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    news.postMessage('signed-in')
    return undefined
  }
  const told = refusal.safeParse(await response.json().catch(() => undefined))
  return told.success ? told.data.problem : 'That did not work.'
}

/**
 * Takes a one-time key out of the address, where it would be bookmarked and shown, and trades it for a session. Resolves to why that was not
 * possible, if it was not, and to nothing where the address has no key.
 */
export async function enterByLink(): Promise<{ readonly problem: string | undefined } | undefined> {
  const key = /^#k=([\w-]+)$/.exec(location.hash)?.[1]
  if (key === undefined) return undefined
  history.replaceState(null, '', location.pathname + location.search)
  const problem = await signIn({ key }).catch(() => 'Rollcall cannot be reached. Reload this page.')
  return { problem }
}

export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE', headers: { 'x-rollcall-page': pageSecret() } })
  localStorage.removeItem(pageSecretKey)
}
