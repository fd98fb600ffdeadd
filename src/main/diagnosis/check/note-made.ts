import { items, member, nameOf, textOf } from '../../../idp/simulated/answer-content.ts'
import type { Answer } from '../exchange.ts'
import type { Endpoint, MadeResources } from '../made-resources.ts'
import type { OutgoingRequest } from '../scim-client.ts'

function endpointOf(path: string | undefined): Endpoint | undefined {
  return path === '/Users' || path === '/Groups' ? path : undefined
}

/** An id as it stands at the end of a URL. */
function unescaped(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/** RFC 7644 §3.7.3: a created resource is told by its location. Operations may be answered in another order. */
export function idInBulk(answer: Answer | undefined, bulkId: string | undefined): string | undefined {
  const done = items(member(answer?.body, 'Operations')).find((each) => textOf(each, 'bulkId') === bulkId)
  const id = textOf(done, 'location')?.split('/').at(-1)
  return id === undefined ? undefined : unescaped(id)
}

function noteBulk(made: MadeResources, { body }: OutgoingRequest, answer: Answer | undefined): void {
  for (const operation of items(member(body, 'Operations'))) {
    const endpoint = endpointOf(textOf(operation, 'path'))
    const name = nameOf(member(operation, 'data'))
    if (endpoint === undefined || name === undefined) continue
    const id = idInBulk(answer, textOf(operation, 'bulkId'))
    if (id === undefined) made.addUncertain(endpoint, name)
    else made.add({ endpoint, id, name })
  }
}

/** Notes what a request may have left at the endpoint, whatever a check thinks of the answer. */
export function noteMade(made: MadeResources, request: OutgoingRequest, answer: Answer | undefined): void {
  if (request.method !== 'POST') return
  if (request.path === '/Bulk') noteBulk(made, request, answer)
  const endpoint = endpointOf(request.path)
  const name = nameOf(request.body)
  if (endpoint !== undefined && name !== undefined) made.note(endpoint, name, answer)
}
