import { replaceUnruly } from '../../main/text/unruly-characters.ts'

/** Text of others for a terminal: what could move the cursor, change colours or hide text is shown as a replacement character. */
export function printable(text: string): string {
  return replaceUnruly(text, '\ufffd')
}
