import { importPiece, largestImport } from '../../../contract/imports.ts'
import { Disconnected, type Connection } from '../../rpc/connection.ts'
import { Explained } from '../../rpc/explained.ts'

/** How long the connection is waited for before it is tried again, in ms. */
const patienceMs = 30_000

/** Whole MB of 1,024 × 1,024 bytes each, as the limit is counted; what is above the limit is not rounded down to it. */
const sizeText = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2)} MB`

/**
 * Sends a file piece by piece and resolves to the id of the import. A piece that a lost connection has swallowed is sent again. Rejects with
 * `Explained` for a file that is too large.
 */
export async function sendImport(
  connection: Connection,
  directory: string,
  file: File,
  onSent: (bytes: number) => void,
): Promise<string> {
  if (file.size > largestImport)
    throw new Explained(
      `The file has ${sizeText(file.size)}; here it can have at most ${sizeText(largestImport)}. Import it on the command line: rollcall users import.`,
    )
  const { imports } = connection.engine
  const { id } = await imports.begin({ directory, fileName: file.name || 'people.csv', bytes: file.size })
  let at = 0
  do {
    const piece = file.slice(at, at + importPiece)
    try {
      await imports.send({ id, at, piece })
      at += piece.size
      onSent(at)
    } catch (error) {
      if (!(error instanceof Disconnected)) throw error
      await connection.untilOpen(AbortSignal.timeout(patienceMs))
    }
  } while (at < file.size)
  return id
}
