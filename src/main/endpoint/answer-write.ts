import { ScimError, unavailable } from '../../scim/error.ts'
import { unreachable } from '../../scim/unreachable.ts'
import type { ResourceName } from '../store/resources/resource-kind.ts'
import type { Command, Outcome, ScimCommand } from '../writer/command.ts'
import { withMembers } from './reads/answer-read.ts'
import { type AuthenticatedRequest, bodyOf } from './authenticated-request.ts'
import { bug, declined } from './failure-replies.ts'
import { replyOfError, type Reply } from './reply.ts'

async function execute(request: AuthenticatedRequest, command: Command): Promise<Reply> {
  const { parts, context } = request
  const outcome: Outcome = await parts.writer.execute(command)
  switch (outcome.kind) {
    case 'answer':
      parts.storage.answered(outcome.notes)
      context.trace.addText(outcome.notes)
      return outcome.answer.lacksMembers ? withMembers(request, outcome.answer) : outcome.answer
    case 'scim-error':
      context.trace.addText(outcome.notes)
      return declined(context, new ScimError(outcome.status, outcome.scimType, outcome.detail))
    case 'store-error':
      parts.storage.met(outcome.problem)
      context.trace.add({ step: 'change', code: 'not-stored', seen: outcome.problem })
      return replyOfError(
        unavailable('Rollcall cannot store anything at present. Nothing was changed; try again later.'),
        {
          'retry-after': '60',
        },
      )
    case 'bug':
      return bug(parts, context, outcome.stack)
    case 'interrupted':
      return bug(parts, context, outcome.problem)
    case 'value':
    case 'rehearsed':
    case 'refused':
      return bug(parts, context, `unexpected outcome ${outcome.kind}`)
    default:
      return unreachable(outcome)
  }
}

/** A write of one resource (RFC 7644 §3.3, §3.5, §3.6), answered once it is on the disk. `id` is undefined for POST. */
export async function answerWrite(
  request: AuthenticatedRequest,
  method: ScimCommand['method'],
  resource: ResourceName,
  id: string | undefined,
): Promise<Reply> {
  const { parts, context, integration } = request
  context.resourceId = id
  const body = method === 'DELETE' ? undefined : await bodyOf(request)
  return execute(request, {
    kind: 'scim',
    integrationId: integration.id,
    method,
    resource,
    id,
    body,
    query: context.search,
    ifMatch: context.request.headers['if-match'],
    ifNoneMatch: context.request.headers['if-none-match'],
    base: parts.baseOf(integration),
    requestId: context.id,
    now: context.now,
  })
}

/** A bulk request (RFC 7644 §3.7). */
export async function answerBulk(request: AuthenticatedRequest): Promise<Reply> {
  const { parts, context, integration } = request
  return execute(request, {
    kind: 'bulk',
    integrationId: integration.id,
    body: await bodyOf(request),
    base: parts.baseOf(integration),
    requestId: context.id,
    now: context.now,
  })
}
