/** A piece of a guide's text. A `label` is printed in the portal like that; a `value` is pasted or chosen there. */
export interface GuideText {
  readonly kind: 'text' | 'label' | 'value' | 'link'
  readonly text: string
}

const piece = /\*\*([^*]+)\*\*|`([^`]+)`|<(https:[^>]+)>/g

/** Reads the notation of the guides: `**label**`, `` `value` ``, `<https://link>`, and text around them. */
export function guideText(source: string): readonly GuideText[] {
  const texts: GuideText[] = []
  let at = 0
  for (const found of source.matchAll(piece)) {
    if (found.index > at) texts.push({ kind: 'text', text: source.slice(at, found.index) })
    const [whole, label, value, link] = found
    if (label !== undefined) texts.push({ kind: 'label', text: label })
    else if (value !== undefined) texts.push({ kind: 'value', text: value })
    else texts.push({ kind: 'link', text: link ?? '' })
    at = found.index + whole.length
  }
  if (at < source.length) texts.push({ kind: 'text', text: source.slice(at) })
  return texts
}
