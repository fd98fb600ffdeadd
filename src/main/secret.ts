import { inspect } from 'node:util'

const shown = '[secret]'

/**
 * A value that must not be printed: text, JSON and `util.inspect` show `[secret]`, whatever holds it.
 * `reveal()` is the one way to the value, so that every use of it can be found by searching.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return shown
  }

  toJSON(): string {
    return shown
  }

  [inspect.custom](): string {
    return shown
  }
}
