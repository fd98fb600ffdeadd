import { entraUser, type EntraUser } from './entra-user.ts'

/** People that no directory has seen: even the names of archived users of an earlier run are not used again. */
export interface Newcomers {
  next(): EntraUser
}

export function createNewcomers(now: number): Newcomers {
  const prefix = `new${now.toString(36)}`
  let number = 0
  return { next: () => entraUser(prefix, ++number) }
}
