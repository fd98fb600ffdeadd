// The ceiling of G1: node:http and nothing else. It answers every read with one given user, written out anew each time
// as any server must, with no routing, authentication, lookup or log. argv: the user as JSON.
import { createServer } from 'node:http'
import { ABSENT_PREFIX } from '../workloads/look-up-user.ts'

const user: unknown = JSON.parse(process.argv[2] ?? '{}')

function listOf(resources: readonly unknown[]): unknown {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: resources.length,
    startIndex: 1,
    itemsPerPage: resources.length,
    Resources: resources,
  }
}

const server = createServer((request, response) => {
  const url = request.url ?? ''
  const isLookup = url.includes('filter=')
  const answer = isLookup ? listOf(url.includes(`%22${ABSENT_PREFIX}`) ? [] : [user]) : user
  const body = JSON.stringify(answer)
  response.writeHead(200, { 'content-type': 'application/scim+json', 'content-length': Buffer.byteLength(body) })
  response.end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (typeof address === 'object' && address !== null)
    console.log(JSON.stringify({ event: 'listening', port: address.port }))
})
