import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { ApiParts } from '../../main/api/api-context.ts'
import type { ConnectionRoom } from '../../main/endpoint/http/connection-room.ts'
import { sessionCookie } from './session-cookie.ts'

interface DownloadParts {
  readonly api: ApiParts
  readonly origin: () => string
  readonly room: ConnectionRoom
}

/**
 * `/downloads/TICKET`: a file that the console asked for over its connection. It needs the cookie of the same session, and the ticket, which
 * only the page was told, works once; whoever has neither learns nothing. A browser that reads slowly slows down the reading of the log, and fills no memory.
 */
export function addDownloads(server: FastifyInstance, { api, origin, room }: DownloadParts): void {
  server.get<{ readonly Params: { readonly ticket: string } }>('/downloads/:ticket', (request, reply) => {
    const session = api.sessions.findByCookie(sessionCookie(request.headers.cookie, origin()))
    const download = session && api.engine.downloads.take(request.params.ticket, session.id)
    if (!download)
      return reply
        .code(404)
        .type('text/plain')
        .send('This file has been fetched already, or too late. Ask for it again in the console.')
    room.vouch(request.raw.socket)
    const gone = new AbortController()
    reply.raw.once('close', () => gone.abort())
    return reply
      .headers({
        'content-disposition': `attachment; filename="${download.name.replaceAll(/[^\w.-]/g, '_')}"`,
        'cache-control': 'no-store',
      })
      .type(download.type)
      .send(Readable.from(download.open(gone.signal)))
  })
}
