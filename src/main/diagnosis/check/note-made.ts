import { items, member, textOf } from '../../../idp/simulated/answer-content.ts'
import type { JsonValue } from '../../../scim/json.ts'
import type { Answer } from '../exchange.ts'
import type { Endpoint, MadeResources } from '../made-resources.ts'
import type { OutgoingRequest } from '../scim-client.ts'

function endpointOf(path: string | undefined): Endpoint | undefined {
  return path === '/Users' || path === '/Groups' ? path : undefined
}

function note(made: MadeResources, endpoint: Endpoint, body: JsonValue | undefined, id: string | undefined): void {
  const name = textOf(body, 'userName') ?? textOf(body, 'displayName')
  if (name === undefined) return
  if (id === undefined) made.addUncertain(endpoint, name)
  else made.add({ endpoint, id, name })
}

/** RFC 7644 §3.7.3: a created resource is told by its location. */
function idInBulk(answer: Answer | undefined, bulkId: string | undefined): string | undefined {
  const done = items(member(answer?.body, 'Operations')).find((each) => textOf(each, 'bulkId') === bulkId)
  return textOf(done, 'location')?.split('/').at(-1)
}

/** Notes what a request may have left at the endpoint, whatever a check thinks of the answer. */
export function noteMade(
  made: MadeResources,
  { method, path, body }: OutgoingRequest,
  answer: Answer | undefined,
): void {
  if (method !== 'POST') return
  const endpoint = endpointOf(path)
  if (endpoint) {
    const isRefused = answer !== undefined && answer.status >= 300 && answer.status < 500
    if (!isRefused) note(made, endpoint, body, answer && answer.status < 300 ? textOf(answer.body, 'id') : undefined)
  }
  if (path !== '/Bulk') return
  for (const operation of items(member(body, 'Operations'))) {
    const target = endpointOf(textOf(operation, 'path'))
    if (target) note(made, target, member(operation, 'data'), idInBulk(answer, textOf(operation, 'bulkId')))
  }
}
