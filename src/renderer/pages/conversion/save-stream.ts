import type { Connection } from '../../rpc/connection.ts'
import { saveFile } from '../../components/file/save-file.ts'

interface TextBatch {
  readonly seq: number
  readonly items: readonly string[]
}

/** Has the browser save the text of a stream as a CSV file. It is begun anew by the person where the connection is lost. */
export async function saveStream(
  connection: Connection,
  name: string,
  open: (subscription: string) => Promise<AsyncIterable<TextBatch>>,
): Promise<void> {
  const subscription = crypto.randomUUID()
  // The mark by which spreadsheets tell UTF-8.
  const parts = ['\ufeff']
  for await (const { seq, items } of await open(subscription)) {
    parts.push(...items)
    await connection.engine.system.acknowledge({ subscription, seq })
  }
  saveFile(name, parts, 'text/csv;charset=utf-8')
}
