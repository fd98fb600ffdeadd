import type { Engine } from '../../engine.ts'
import { creditWindow } from './credit-window.ts'

interface TextStream {
  readonly subscription: string
  readonly signal: AbortSignal | undefined
  /** The file that the thread of the reads has begun. */
  readonly id: string
}

/** Sends a file that the thread of the reads writes piece by piece. */
export async function* textStream({ consoleReads }: Engine, { subscription, signal, id }: TextStream) {
  let isOver = false
  try {
    yield* creditWindow<string>({
      subscription,
      signal,
      from: 0,
      async read(position) {
        if (isOver) return { items: [], position, dropped: 0 }
        const { text, isLast } = await consoleReads.ask('next-piece', { id })
        isOver = isLast
        return { items: text === '' ? [] : [text], position: position + 1, dropped: 0 }
      },
      untilNews: () => Promise.resolve(),
      isOver: () => isOver,
    })
  } finally {
    // After the connection has gone, the reads may have been closed as well.
    await consoleReads.ask('close-pieces', { id }).catch(() => undefined)
  }
}
