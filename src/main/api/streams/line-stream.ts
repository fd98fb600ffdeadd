import { creditWindow } from './credit-window.ts'

/** So many lines make a piece. */
const linesOfPiece = 500

/** Sends the lines of a generator as pieces of text, each read when there is credit for it. */
export async function* lineStream(
  stream: { readonly subscription: string; readonly signal: AbortSignal | undefined },
  lines: Iterator<string>,
) {
  let isOver = false
  yield* creditWindow<string>({
    ...stream,
    from: 0,
    read(position) {
      let text = ''
      for (let n = 0; n < linesOfPiece && !isOver; n += 1) {
        const next = lines.next()
        if (next.done === true) isOver = true
        else text += next.value
      }
      return Promise.resolve({ items: text === '' ? [] : [text], position: position + 1, dropped: 0 })
    },
    untilNews: () => Promise.resolve(),
    isOver: () => isOver,
  })
}
