import { z } from 'zod'

const session = z.object({ signedIn: z.boolean(), hasPassword: z.boolean().default(false) })
const patienceMs = 10_000
const refusal = z.object({ problem: z.string() })

/** Whether this browser is signed in, and whether a password can sign it in. */
export type BrowserSession = z.infer<typeof session>

/** Rejects when the server cannot be reached, or does not answer in ten seconds. */
export async function readSession(): Promise<BrowserSession> {
  const response = await fetch('/session', {
    headers: { accept: 'application/json' },
    cache: 'no-store',
    signal: AbortSignal.timeout(patienceMs),
  })
  return session.parse(await response.json())
}

/** Trades a one-time key or the password for the cookie of a session. Resolves to why not, as a sentence, or to nothing. */
export async function signIn(credentials: { readonly key: string } | { readonly password: string }) {
  const response = await fetch('/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(credentials),
  })
  if (response.ok) return undefined
  const told = refusal.safeParse(await response.json().catch(() => undefined))
  return told.success ? told.data.problem : 'That did not work.'
}

export async function signOut(): Promise<void> {
  await fetch('/session', { method: 'DELETE' })
}
