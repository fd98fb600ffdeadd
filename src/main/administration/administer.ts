import type { CommandQueue } from '../writer/threaded-writer.ts'
import type { AdministrationInputOf, AdministrationName, AdministrationOutputOf } from './administration.ts'
import { Refusal } from './refusal.ts'
import { StoreError } from '../store/store-error.ts'

/** Carries out one change by the admin. Rejects with `Refusal` or `StoreError`, each one line. */
export type Administer = <Name extends AdministrationName>(
  name: Name,
  input: AdministrationInputOf<Name>,
) => Promise<AdministrationOutputOf<Name>>

/** `onDone` is called after each change, before whoever asked for it is told. */
export function createAdminister(
  writer: CommandQueue,
  actor: string,
  clock: () => number,
  onDone?: () => void,
): Administer {
  return async <Name extends AdministrationName>(name: Name, input: AdministrationInputOf<Name>) => {
    const outcome = await writer.execute({ kind: 'administration', name, input, actor, now: clock() })
    switch (outcome.kind) {
      case 'value':
        onDone?.()
        // `executeAdministration` ran the command of this name.
        return outcome.value as AdministrationOutputOf<Name>
      case 'refused':
        throw new Refusal(outcome.problem, outcome.reason, outcome.fields)
      case 'store-error':
      case 'interrupted':
        throw new StoreError('unreadable', outcome.problem)
      case 'scim-error':
        throw new Refusal(outcome.detail)
      case 'bug':
        throw new Error(outcome.stack)
      default:
        throw new Error(`unexpected outcome ${outcome.kind}`)
    }
  }
}
