import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { onTestFinished } from 'vitest'

export interface ReceivedPost {
  readonly path: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface TestReceiver {
  readonly url: string
  readonly port: number
  readonly posts: readonly ReceivedPost[]
  /** How the next posts are answered. */
  answer(how: (response: ServerResponse, request: IncomingMessage) => void): void
}

/** A real receiver of webhooks on loopback that goes when the test ends. */
export async function startReceiver(): Promise<TestReceiver> {
  const posts: ReceivedPost[] = []
  let how: Parameters<TestReceiver['answer']>[0] = (response) => void response.writeHead(204).end()
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      posts.push({ path: request.url ?? '', headers: request.headers, body })
      how(response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    posts,
    answer(next) {
      how = next
    },
  }
}
