import type { EngineClient } from '../../../contract/contract.ts'

/** A list that the person has pasted or chosen. */
export interface ListText {
  /** The name of the file; null for what was pasted. */
  readonly file: string | null
  readonly text: string
}

/** A field with more text than this takes the browser a second for every key that is pressed in it. */
const mostInField = 50_000

/** So many characters go in one message. */
const pieceLength = 500_000

/** UTF-8, or what the byte order mark says: Excel's "Unicode Text" is UTF-16. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** Reads a file. Rejects with a sentence for one that is no Unicode text. */
export async function readList(file: File): Promise<ListText> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  try {
    return { file: file.name, text: new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes) }
  } catch {
    throw new Error(`${file.name} is not UTF-8 text. Save it as “CSV UTF-8”.`)
  }
}

/** Whether a list is told by its number of lines instead of standing in a field. */
export function isSetAside({ file, text }: ListText): boolean {
  return file !== null || text.length > mostInField
}

/** How many lines a list has that are not blank. */
export function linesOf({ text }: ListText): number {
  return text.split('\n').filter((line) => line.trim() !== '').length
}

/** Sends a list to the engine; resolves to the name under which it waits there. */
export async function uploadList(engine: EngineClient, { text }: ListText): Promise<string> {
  const upload = crypto.randomUUID()
  for (let from = 0; from === 0 || from < text.length; from += pieceLength)
    await engine.conversions.upload({ upload, text: text.slice(from, from + pieceLength) })
  return upload
}
