import { shown } from '../note.ts'

/** A short picture of any value. Never descends into an object: one from the wire may be nested a million deep. */
export function glimpse(value: unknown): string {
  if (Array.isArray(value)) return `array of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'object'
  return shown(value)
}
