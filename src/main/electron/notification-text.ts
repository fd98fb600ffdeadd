import { oneLine } from '../notify/plain-text.ts'

/** Longer texts are cut by every desktop, each in its own way. */
const longest = 300

/**
 * A text as a notification may show it. The notification services of Linux read markup, and names come from the wire: without an opening
 * bracket there is none.
 */
export function notificationText(text: string): string {
  return oneLine(text, longest).replaceAll('<', '‹')
}
