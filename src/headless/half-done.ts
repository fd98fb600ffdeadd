import { Refusal } from '../main/administration/refusal.ts'
import { StoreError } from '../main/store/store-error.ts'

/** What ended a command in whose midst something had been stored already, with a sentence that says what; an error nobody foresaw stays. */
export function halfDone(error: unknown, done: string): unknown {
  if (error instanceof StoreError) return new StoreError(error.code, `${error.message} ${done}`, error)
  if (error instanceof Refusal) return new Refusal(`${error.message} ${done}`, error.reason, error.fields)
  return error
}
