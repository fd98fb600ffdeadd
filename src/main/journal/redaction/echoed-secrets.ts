import { isJsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { redacted } from './filter-literals.ts'

/** Beyond this many secrets nothing that may quote one is kept. */
const mostSecrets = 200
/** Notes and details may quote a shortened value: its beginning tells it. */
const toldBy = 16
const deepest = 64

/** Keeps values that were redacted in a request out of what quotes it: the detail of an error and the trace. */
export interface EchoedSecrets {
  readonly isEmpty: boolean
  readonly add: (secret: string) => void
  /** From here on every text may quote a secret. */
  addAnything(): void
  /** A JSON text, each string in it that quotes a secret replaced. */
  removeFrom(text: string): string
}

export function createEchoedSecrets(): EchoedSecrets {
  // Few exchanges hold a secret; the others do not pay for a set.
  let beginnings: Set<string> | undefined
  let anything = false

  function isQuotedIn(text: string): boolean {
    if (anything) return !unquotingFault.test(text)
    if (beginnings === undefined) return false
    if (beginnings.size > mostSecrets) return true
    for (const beginning of beginnings) {
      // One or two letters stand in every sentence: such a value counts where it is quoted or alone.
      if (beginning.length > 2 ? text.includes(beginning) : text === beginning || text.includes(`"${beginning}"`))
        return true
    }
    return false
  }

  function clean(value: JsonValue, depth: number): JsonValue {
    if (typeof value === 'string') return isQuotedIn(value) ? redacted : value
    if (typeof value === 'number') return beginnings?.has(String(value)) === true ? redacted : value
    if (typeof value !== 'object' || value === null) return value
    if (depth > deepest) return redacted
    if (!isJsonObject(value)) return value.map((each) => clean(each, depth + 1))
    if (plainSteps.has(value['code'])) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        each === undefined || machineKeys.has(key) ? each : clean(each, depth + 1),
      ]),
    )
  }

  return {
    get isEmpty() {
      return beginnings === undefined && !anything
    },
    add(secret) {
      if (secret.trim() === '') return
      beginnings ??= new Set()
      if (beginnings.size <= mostSecrets) beginnings.add(secret.slice(0, toldBy))
    },
    addAnything() {
      anything = true
    },
    removeFrom(text) {
      try {
        const value: JsonValue = JSON.parse(text)
        return JSON.stringify(clean(value, 0))
      } catch {
        return isQuotedIn(text) ? JSON.stringify(redacted) : text
      }
    },
  }
}

/** Steps of a trace that tell of the token, the method, the endpoint and the status alone. */
const plainSteps: ReadonlySet<unknown> = new Set(['token-accepted', 'routed', 'answered'])

/** Where the parser stopped; where it quotes the text, it does so between quotation marks. */
const unquotingFault = /^The body is not valid JSON: [^"]*$/

/** Keys of errors and notes that never quote a request. */
const machineKeys: ReadonlySet<string> = new Set(['schemas', 'status', 'scimType', 'step', 'code'])
