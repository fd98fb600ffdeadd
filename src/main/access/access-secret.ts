import { hash, randomBytes } from 'node:crypto'

/** 256 random bits, as they stand in a URL or a cookie. */
export function newAccessSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** The form in which keys and sessions are kept. They are random, so that no salt and no slow hash is needed. */
export function accessHash(secret: string): string {
  return hash('sha256', secret, 'hex')
}
