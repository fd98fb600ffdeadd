import { Connection, type Address } from './connection.ts'

/** Works through `items` on several connections at once. The first failure stops it and is thrown. */
export async function forEachOnConnections<Item>(
  address: Address,
  connectionCount: number,
  items: readonly Item[],
  work: (connection: Connection, item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(connectionCount, items.length) }, async () => {
      const connection = new Connection(address)
      try {
        while (next < items.length) {
          const index = next++
          const item = items[index]
          if (item !== undefined) await work(connection, item, index)
        }
      } catch (error) {
        next = items.length // the other connections stop as well
        throw error
      } finally {
        connection.close()
      }
    }),
  )
}
