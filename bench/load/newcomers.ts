import { entraUser, type EntraUser } from './entra-user.ts'

/** A person ready to be sent. */
export interface WrittenNewcomer {
  readonly userName: string
  /** The body of the POST. */
  readonly text: string
}

/** People that no directory has seen: even the names of archived users of an earlier run are not used again. */
export interface Newcomers {
  next(): EntraUser
  /** The same, written out. It costs the client a quarter of what it does to build a person and write it out. */
  nextWritten(): WrittenNewcomer
}

/** Stands for a person's number while the text around it is told; it has as many digits as every number has. */
const stencil = 1_234_567

export function createNewcomers(now: number): Newcomers {
  const prefix = `new${now.toString(36)}`
  const pieces = JSON.stringify(entraUser(prefix, stencil)).split(String(stencil))
  const [beforeName = '', afterName = ''] = entraUser(prefix, stencil).userName.split(String(stencil))
  let number = 0
  return {
    next: () => entraUser(prefix, ++number),
    nextWritten() {
      const digits = String(++number).padStart(String(stencil).length, '0')
      return { userName: beforeName + digits + afterName, text: pieces.join(digits) }
    },
  }
}
