import { Refusal } from './administration/refusal.ts'

/** So much text may wait at a time, in UTF-16 code units, and so long for its next piece, in ms. */
const mostWaiting = 128 * 1024 * 1024
const patienceMs = 10 * 60_000

interface Upload {
  readonly pieces: string[]
  touchedAt: number
}

/** A text that has come whole. */
export interface UploadedText {
  /** Its beginning. */
  readonly start: string
  readonly pieces: readonly string[]
}

/** Texts that come in pieces, because no message holds a long one. They wait in memory until they are taken, and not for long. */
export interface TextUploads {
  /** Appends a piece; the first one begins the text. Throws `Refusal` when too much is waiting. */
  add(id: string, piece: string): void
  /** Hands a text over, and forgets it. Throws `Refusal` when it has gone. */
  take(id: string): UploadedText
}

/** Appends a piece. A character that the sender has cut in two is put together: each half by itself is none in UTF-8. */
function append(pieces: string[], piece: string): void {
  const before = pieces.at(-1) ?? ''
  if (/[\ud800-\udbff]$/.test(before)) pieces.splice(-1, 1, before.slice(0, -1), before.slice(-1) + piece)
  else pieces.push(piece)
}

export function createTextUploads(clock: () => number): TextUploads {
  const uploads = new Map<string, Upload>()

  function forgetOld(): void {
    for (const [id, { touchedAt }] of uploads) if (clock() - touchedAt > patienceMs) uploads.delete(id)
  }

  function waiting(): number {
    return [...uploads.values()].reduce(
      (sum, { pieces }) => sum + pieces.reduce((all, each) => all + each.length, 0),
      0,
    )
  }

  return {
    add(id, piece) {
      forgetOld()
      if (waiting() + piece.length > mostWaiting) {
        uploads.delete(id)
        throw new Refusal(
          'The list is too long to be uploaded. Use it with the command line: rollcall user-ids preview',
        )
      }
      const upload = uploads.get(id) ?? { pieces: [], touchedAt: 0 }
      append(upload.pieces, piece)
      upload.touchedAt = clock()
      uploads.set(id, upload)
    },
    take(id) {
      const upload = uploads.get(id)
      if (!upload) throw new Refusal('The list has waited too long. Choose it again.')
      uploads.delete(id)
      return { start: upload.pieces[0] ?? '', pieces: upload.pieces }
    },
  }
}
