import { shortened } from '../../scim/text/shortened.ts'
import { replaceUnruly } from '../text/unruly-characters.ts'

/** A text from the wire as one line. */
export function oneLine(text: string, longest = 200): string {
  return shortened(replaceUnruly(text, ' ').replaceAll(/\s+/g, ' ').trim(), longest)
}

/** A text of several lines, each of them plain. */
export function plainLines(text: string, longest = 20_000): string {
  return text
    .slice(0, longest)
    .split(/\r\n|\r|\n/)
    .map((line) => replaceUnruly(line, ' '))
    .join('\n')
}
