import { randomInt } from 'node:crypto'
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

/** A free port that stays free between one server and the next: it is none that the system gives to whoever asks for any. */
export async function lastingPort(): Promise<number> {
  const port = randomInt(20_000, 30_000)
  const server = createServer()
  const isFree = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
  return isFree ? port : lastingPort()
}
