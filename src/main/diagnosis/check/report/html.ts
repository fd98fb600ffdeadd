import { escapeHtml } from '../../../text/escape-html.ts'
import { replaceUnruly } from '../../../text/unruly-characters.ts'

/** Markup that is finished: what others wrote has been escaped in it. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = string | number | Html | readonly Html[]

/** Text as markup that shows it. What could turn the writing direction or hide text becomes a replacement character. */
export function escaped(text: string): string {
  return escapeHtml(replaceUnruly(text, '\ufffd', '\n\t'))
}

function partText(part: Part): string {
  if (part instanceof Html) return part.text
  return typeof part === 'object' ? part.map((each) => each.text).join('') : escaped(String(part))
}

/** Markup with values in it, each of them escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((each, n) => each + (n < parts.length ? partText(parts[n] ?? '') : '')).join(''))
}

export const nothing = new Html('')
