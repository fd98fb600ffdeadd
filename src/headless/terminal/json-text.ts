import { escapeUnruly } from '../../main/text/unruly-characters.ts'

/** A value as one line of JSON that may stand on a terminal: what others wrote cannot move its cursor or turn the direction of writing. */
export function jsonText(value: unknown): string {
  return escapeUnruly(JSON.stringify(value))
}
