import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'

const isPlain = /^[ -~]*$/
/** A picture that is drawn as one however many code points it has: with U+FE0F, a skin colour, joined to others, or a flag. */
const picture = /^(?:\p{RI}{2}|(?=.*[\p{Emoji_Presentation}\ufe0f])\p{Emoji})/u

/** Measures texts without control characters in columns of a terminal: Chinese and Japanese characters take two each, combining marks none. */
export function createTextWidth(): (text: string) => number {
  const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  // Node knows where the cursor stands behind a prompt, which is the one way to ask it how wide a text is.
  const prompt = createInterface({ input: new PassThrough() })
  prompt.close()

  function widthOf(cluster: string): number {
    if (picture.test(cluster)) return 2
    prompt.setPrompt(cluster)
    return prompt.getCursorPos().cols
  }

  return (text) => {
    if (isPlain.test(text)) return text.length
    let width = 0
    for (const { segment } of clusters.segment(text)) width += widthOf(segment)
    return width
  }
}
