import type { Output } from './output.ts'
import { jsonText } from './json-text.ts'

/** Writes one JSON array, item by item, so that a long list is never held whole. Stops when nobody reads on. */
export async function streamArray(output: Output, items: Iterable<unknown>): Promise<void> {
  let separator = '['
  for (const item of items) {
    await output.write(`${separator}${jsonText(item)}`)
    if (output.isBroken()) return
    separator = ','
  }
  await output.write(separator === '[' ? '[]\n' : ']\n')
}
