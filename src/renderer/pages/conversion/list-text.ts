import type { EngineClient } from '../../../contract/contract.ts'

/** A list that the person has pasted or chosen. */
export interface ListText {
  /** The name of the file; null for what was pasted. */
  readonly file: string | null
  readonly text: string
}

/** So many characters go in one message. */
const pieceLength = 500_000

/** Reads a file. Rejects with a sentence for one that is no UTF-8 text. */
export async function readList(file: File): Promise<ListText> {
  const bytes = await file.arrayBuffer()
  try {
    return { file: file.name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    throw new Error(`${file.name} is not UTF-8 text. Save it as “CSV UTF-8”.`)
  }
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
