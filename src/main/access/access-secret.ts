import { hash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 random bits, as they stand in a URL or a cookie. */
export function newAccessSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The cookie's value of a session that belongs to one page's origin: it says whose secret goes with it, and does not tell that secret. */
export function cookieFor(pageSecret: string): string {
  return `${newAccessSecret()}.${accessHash(pageSecret)}`
}

/** Whether a cookie was made for the origin that has this secret. */
export function isCookieFor(cookie: string, pageSecret: string): boolean {
  const named = Buffer.from(cookie.slice(cookie.indexOf('.') + 1))
  const expected = Buffer.from(accessHash(pageSecret))
  return named.length === expected.length && timingSafeEqual(named, expected)
}

/** The form in which keys and sessions are kept. They are random, so that no salt and no slow hash is needed. */
export function accessHash(secret: string): string {
  return hash('sha256', secret, 'hex')
}
