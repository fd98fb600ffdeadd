import { setTimeout as delay } from 'node:timers/promises'

/** Waits so many ms, or until the signal is given. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
