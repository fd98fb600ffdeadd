import { randomUUID } from 'node:crypto'
import type { Replay } from '../../contract/request-replay.ts'
import { Refusal } from '../administration/refusal.ts'

interface Rehearsal {
  /** The request of the log that was tried. */
  readonly request: number
  /** Stands for what would happen. */
  readonly fingerprint: string
  /** What came of sending it for real, once that has begun. */
  sent: Promise<Replay> | undefined
}

/** So many dry runs are remembered; older ones have to be made anew. */
const most = 500

/** The dry runs that can be sent for real, each once: who asks for the same one again gets the answer that there is. */
export function createRehearsals() {
  const known = new Map<string, Rehearsal>()

  /** What was tried before a request was sent holds no more, whoever tried it. */
  function forgetOthers(kept: Rehearsal): void {
    for (const [id, each] of known) if (each.request === kept.request && each.sent === undefined) known.delete(id)
  }

  return {
    /** Remembers a dry run; returns its id. */
    add(request: number, fingerprint: string): string {
      const id = randomUUID()
      known.set(id, { request, fingerprint, sent: undefined })
      const [oldest] = known.keys()
      if (known.size > most && oldest !== undefined) known.delete(oldest)
      return id
    },
    /** Sends what was tried, unless that has been done. Throws `Refusal` of reason `changed` for a dry run that holds no more. */
    send(id: string, request: number, send: (fingerprint: string) => Promise<Replay>): Promise<Replay> {
      const rehearsal = known.get(id)
      if (rehearsal?.request !== request)
        throw new Refusal(
          'This dry run holds no more: it is too old, or the request has been sent since. Look at a new dry run first.',
          'changed',
        )
      if (rehearsal.sent === undefined) {
        rehearsal.sent = send(rehearsal.fingerprint).catch((error: unknown) => {
          // Whoever tries again looks anew: how far it came is not known.
          known.delete(id)
          throw error
        })
        forgetOthers(rehearsal)
      }
      return rehearsal.sent
    },
  }
}

export type Rehearsals = ReturnType<typeof createRehearsals>
