import { createServer, type AddressInfo } from 'node:net'

/** A port on which nothing listens at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address: AddressInfo | string | null = server.address()
  await new Promise((resolve) => {
    server.close(resolve)
  })
  if (typeof address !== 'object' || !address) throw new Error('the system picked no port')
  return address.port
}
