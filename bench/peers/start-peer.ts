import { fileURLToPath } from 'node:url'
import { memberOf } from '../load/answer-body.ts'
import type { Target } from '../load/scim-request.ts'
import { startServer, type AnnouncedServer } from '../servers/announced-server.ts'

export interface Peer extends AnnouncedServer {
  readonly target: Target
}

/** node:http alone, answering every read with `user` (the text of a JSON document). */
export async function startBareHttp(user: string): Promise<Peer> {
  const server = await startServer({ name: 'bare node:http', args: [fileOf('./bare-http-server.ts'), user] })
  return { ...server, target: targetOf(server, 'bare node:http', 'stub', '') }
}

/** SCIMMY behind Express, tuned, holding `users` people in memory. */
export async function startScimmy(users: number): Promise<Peer> {
  const server = await startServer({ name: 'SCIMMY', args: [fileOf('./scimmy-server.mjs'), String(users)] })
  return { ...server, target: targetOf(server, 'SCIMMY', 'scim', '/scim') }
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

function targetOf(server: AnnouncedServer, name: string, kind: Target['kind'], basePath: string): Target {
  const port = Number(memberOf(server.announcement, 'port'))
  return { name, kind, basePath, token: 'bench-token', host: '127.0.0.1', port, pid: server.pid }
}
