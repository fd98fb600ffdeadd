import { closeSync, openSync, readSync, writeSync } from 'node:fs'

const pieceBytes = 4 * 1024 * 1024

/** Copies a file into a new one for its owner alone. `mayGoOn` is called between any two pieces of it, and ends the copying by throwing. */
export function copyInPieces(from: string, to: string, mayGoOn: () => void): void {
  const source = openSync(from, 'r')
  try {
    const target = openSync(to, 'wx', 0o600)
    try {
      const piece = Buffer.allocUnsafe(pieceBytes)
      for (let bytes = readSync(source, piece); bytes > 0; bytes = readSync(source, piece)) {
        mayGoOn()
        for (let written = 0; written < bytes;) written += writeSync(target, piece, written, bytes - written)
      }
    } finally {
      closeSync(target)
    }
  } finally {
    closeSync(source)
  }
}
