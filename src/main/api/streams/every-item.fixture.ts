import type { EngineClient } from '../../../contract/contract.ts'

interface Batch<Item> {
  readonly seq: number
  readonly items: readonly Item[]
}

/** All items of a stream, each batch acknowledged as a page does once it has drawn it. */
export async function everyItem<Item>(
  api: EngineClient,
  open: (subscription: string) => Promise<AsyncIterable<Batch<Item>>>,
): Promise<readonly Item[]> {
  const subscription = crypto.randomUUID()
  const items: Item[] = []
  for await (const batch of await open(subscription)) {
    items.push(...batch.items)
    await api.system.acknowledge({ subscription, seq: batch.seq })
  }
  return items
}
