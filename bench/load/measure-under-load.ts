import { setTimeout as pause } from 'node:timers/promises'
import { measureWindow, type Load, type WindowResult } from './window.ts'

const HEAD_START_MS = 200
const LONGEST_SECONDS = 600

/** Measures `load` while `background` runs at full speed from before its start until after its end. */
export async function measureUnderLoad(
  load: Load,
  background: Omit<Load, 'seconds' | 'signal'>,
): Promise<{ readonly result: WindowResult; readonly background: WindowResult }> {
  const stop = new AbortController()
  const behind = measureWindow({ ...background, seconds: LONGEST_SECONDS, signal: stop.signal })
  await pause(HEAD_START_MS)
  try {
    const result = await measureWindow(load)
    stop.abort()
    return { result, background: await behind }
  } finally {
    stop.abort()
    await behind
  }
}
