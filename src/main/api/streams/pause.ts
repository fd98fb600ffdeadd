import { setTimeout as delay } from 'node:timers/promises'

/** Waits so many ms, or until the signal is aborted; it never rejects and keeps no process alive. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal, ref: false }).catch(() => undefined)
}
