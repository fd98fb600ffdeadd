import { randomBytes } from 'node:crypto'
import { Secret } from '../secret.ts'

/** A new token, shown once; the prefix is what lists show of it. */
export interface NewToken {
  readonly token: Secret
  readonly prefix: string
}

/** 256 random bits behind `rc_`, so that secret scanners find a leak. */
export function createToken(): NewToken {
  const token = `rc_${randomBytes(32).toString('base64url')}`
  return { token: new Secret(token), prefix: token.slice(0, 11) }
}
