import { importPiece, largestImport } from '../../../contract/imports.ts'
import { Disconnected, type Connection } from '../../rpc/connection.ts'
import { Explained } from '../../rpc/explained.ts'
import { bytesText } from '../../components/amount-text.ts'

/** How long the connection is waited for before it is tried again, in ms. */
const patienceMs = 30_000

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
      `The file has ${bytesText(file.size)}; here it can have at most ${bytesText(largestImport)}. Import it on the command line: rollcall users import.`,
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
