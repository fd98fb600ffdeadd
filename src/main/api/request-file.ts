import type { RequestTerm } from '../../contract/request-filter.ts'
import type { Download } from '../downloads.ts'
import type { Engine } from '../engine.ts'

interface Wanted {
  readonly filter: readonly RequestTerm[]
  readonly format: 'har' | 'ndjson'
}

const types = { har: 'application/json', ndjson: 'application/x-ndjson' } as const

/** `rollcall-requests-2026-03-04-16-05.har`, in UTC. */
function nameOf(format: Wanted['format'], now: number): string {
  return `rollcall-requests-${new Date(now).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-')}.${format}`
}

/** The requests that match as a file, oldest first; it is read while it is written, and holds what there was when that began. */
export function requestFile({ consoleReads, clock }: Engine, { filter, format }: Wanted): Download {
  return {
    name: nameOf(format, clock()),
    type: types[format],
    async *open(signal) {
      const id = await consoleReads.ask('open-export', { filter, format, now: clock() })
      try {
        for (let isOver = false; !isOver && !signal.aborted;) {
          const { text, isLast } = await consoleReads.ask('next-of-export', { id })
          isOver = isLast
          if (text !== '') yield text
        }
      } finally {
        // The reads may have been closed meanwhile.
        await consoleReads.ask('close-export', { id }).catch(() => undefined)
      }
    },
  }
}
