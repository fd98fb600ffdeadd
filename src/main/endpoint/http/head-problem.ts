import type { IncomingMessage } from 'node:http'
import { ScimError } from '../../../scim/error.ts'
import { replyOfError, type Reply } from '../reply.ts'

const problems = {
  'host-missing': 'The request has no Host header, which HTTP/1.1 requires (RFC 9112 §3.2).',
  'host-repeated': 'The request has more than one Host header, and HTTP has room for one (RFC 9112 §3.2).',
  'authorization-repeated':
    'The request has more than one Authorization header, and they differ. Send the one that holds the token alone (RFC 9110 §5.3, RFC 6750 §3.1).',
} as const

export type HeadProblem = keyof typeof problems

/**
 * What makes a request's headers mean two things, by the code of its note. Node itself takes the first of several, and what stands in front of
 * the endpoint may have taken another. An Authorization that came twice the same says one thing.
 */
export function headProblem(request: IncomingMessage): HeadProblem | undefined {
  if (request.headers.host === undefined) return request.httpVersion === '1.1' ? 'host-missing' : undefined
  const { rawHeaders } = request
  let hosts = 0
  let doesAuthorizationDiffer = false
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts++
    else if (name?.length === 13 && name.toLowerCase() === 'authorization')
      doesAuthorizationDiffer ||= rawHeaders[index + 1] !== request.headers.authorization
  }
  if (hosts > 1) return 'host-repeated'
  return doesAuthorizationDiffer ? 'authorization-repeated' : undefined
}

/** 400, whoever asks: nobody's token has been looked at. */
export function refuseHead(problem: HeadProblem): Reply {
  return replyOfError(new ScimError(400, undefined, problems[problem]), {
    connection: 'close',
    ...(problem === 'authorization-repeated' && {
      'www-authenticate': 'Bearer realm="Rollcall", error="invalid_request"',
    }),
  })
}
