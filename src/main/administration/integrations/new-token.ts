import { randomBytes } from 'node:crypto'
import { Secret } from '../../secret.ts'

/** A new token, shown once; the prefix is what lists show of it. */
export interface NewToken {
  readonly token: Secret
  readonly prefix: string
}

const start = 'rc_'
const prefixLength = start.length + 8

/** The part by which a token is shown in lists, if it may be one of Rollcall's. */
export function tokenPrefix(token: string): string | undefined {
  return token.startsWith(start) && token.length >= prefixLength ? token.slice(0, prefixLength) : undefined
}

/** 256 random bits behind `rc_`, so that secret scanners find a leak. */
export function createToken(): NewToken {
  const token = `${start}${randomBytes(32).toString('base64url')}`
  return { token: new Secret(token), prefix: token.slice(0, prefixLength) }
}
