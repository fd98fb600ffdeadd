import { randomUUID } from 'node:crypto'

/** About how many characters one piece of a file has. */
const pieceLength = 256 * 1024
/** How long one piece may take, in ms: others wait for this thread. */
const longestMs = 60
/** Files that nobody goes on with would be kept for ever. */
const mostOpen = 8

/** A file that is being written piece by piece. Its source yields an empty text where it has worked and has nothing to show yet. */
export interface TextPieces {
  open(source: Iterator<string>): string
  next(id: string): { readonly text: string; readonly isLast: boolean }
  close(id: string): void
}

export function createTextPieces(): TextPieces {
  const open = new Map<string, Iterator<string>>()
  return {
    open(source) {
      const [oldest] = open.keys()
      if (open.size >= mostOpen && oldest !== undefined) open.delete(oldest)
      const id = randomUUID()
      open.set(id, source)
      return id
    },
    next(id) {
      const source = open.get(id)
      if (!source) throw new Error('the file has been closed')
      const until = performance.now() + longestMs
      let text = ''
      while (text.length < pieceLength && performance.now() < until) {
        const step = source.next()
        if (step.done === true) {
          open.delete(id)
          return { text, isLast: true }
        }
        text += step.value
      }
      return { text, isLast: false }
    },
    close: (id) => void open.delete(id),
  }
}
