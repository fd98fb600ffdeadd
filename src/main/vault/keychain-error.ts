import { VaultError, type VaultErrorCode } from './vault.ts'

type Line = readonly [seen: RegExp, code: VaultErrorCode, reason: string, advice: string]

// What libsecret, D-Bus and the macOS keychain say. Some of them translate their messages: what is not recognised is passed on.
const lines: readonly Line[] = [
  [
    /autolaunch D-Bus|session bus|DBUS_SESSION_BUS_ADDRESS|could not connect|connection refused|connection is closed/i,
    'unavailable',
    'There is no session bus to reach the keychain through',
    'run Rollcall inside the session of the user who owns the keychain',
  ],
  [
    /name org\.freedesktop\.secrets was not provided|ServiceUnknown|Spawn\.|activated service|executing .* failed/i,
    'unavailable',
    'There is no Secret Service on the session bus',
    'start one, such as GNOME Keyring or KWallet, and unlock it',
  ],
  [
    /name :[\d.]+ was not provided|disconnected from message bus|NameHasNoOwner|remote peer/i,
    'unavailable',
    'The keychain service has stopped',
    'start and unlock it, then try again',
  ],
  [
    /locked|not allowed|dismissed|cancell?ed|passphrase/i,
    'locked',
    'The keychain is locked',
    'unlock it, for instance by signing in to the desktop, then try again',
  ],
  [
    /does not exist at path|no such (secret )?(collection|object)/i,
    'locked',
    'There is no keychain that is unlocked',
    'make one and unlock it, for instance by signing in to the desktop',
  ],
  [/timeout|timed out|NoReply/i, 'silent', 'The keychain did not answer', 'unlock it, then try again'],
]

/** Turns what keytar threw into one clear line. A message that is not known is shown in its first 200 characters. */
export function toKeychainError(error: unknown): VaultError {
  if (error instanceof VaultError) return error
  const said = error instanceof Error ? error.message : String(error)
  for (const [seen, code, reason, advice] of lines)
    if (seen.test(said)) return new VaultError(code, reason, advice, error)
  const line = said.replaceAll(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, 200)
  return new VaultError('failed', `The keychain failed (${line})`, 'see that it runs and is unlocked', error)
}

/** The line of a keychain that shows a prompt nobody answers, or hangs. */
export function keychainOverdue(timeoutMs: number): VaultError {
  return new VaultError(
    'silent',
    `The keychain did not answer within ${timeoutMs / 1000} s`,
    'unlock it (it may be showing a prompt), then try again',
  )
}
