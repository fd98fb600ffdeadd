import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { ConsolePassword } from './console-password.ts'

/**
 * Browsers in which somebody has signed in before. Each has an id, which our signature tells from one that somebody made up; a guesser without
 * one is slowed down with all other strangers, and keeps nobody out who has one. It opens nothing by itself.
 */
export interface KnownBrowsers {
  /** The id behind a cookie; undefined where it is not ours, or of an earlier password. Rejects with `VaultError`. */
  idOf(cookie: string): Promise<string | undefined>
  /**
   * A cookie for a browser that has just shown that it may come in; undefined where it has a good one, where there is no password to be typed, and
   * while what signs it is not at hand: nobody waits for a keychain on its account.
   */
  cookieFor(current: string): string | undefined
}

function signatureOf(id: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(id).digest()
}

function idIn(cookie: string, key: Buffer): string | undefined {
  const [id = '', signature = ''] = cookie.split('.')
  const shown = Buffer.from(signature, 'base64url')
  const expected = signatureOf(id, key)
  return shown.length === expected.length && timingSafeEqual(shown, expected) ? id : undefined
}

export function createKnownBrowsers(password: Pick<ConsolePassword, 'browserKey' | 'browserKeyAtHand'>): KnownBrowsers {
  return {
    async idOf(cookie) {
      if (cookie === '') return undefined
      const key = await password.browserKey()
      return key && idIn(cookie, key)
    },
    cookieFor(current) {
      const key = password.browserKeyAtHand()
      if (key === undefined || idIn(current, key) !== undefined) return undefined
      const id = randomBytes(16).toString('base64url')
      return `${id}.${signatureOf(id, key).toString('base64url')}`
    },
  }
}
