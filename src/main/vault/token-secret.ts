import { hash } from 'node:crypto'

/** The SHA-256 of a token, in hex: the only form in which a token is kept. */
export function hashToken(token: string): string {
  return hash('sha256', token, 'hex')
}

/** The name in the vault of a token's hash. */
export function tokenSecretName(prefix: string): string {
  return `token:${prefix}`
}
