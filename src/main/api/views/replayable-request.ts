import { isJsonObject, type JsonValue } from '../../../scim/json/json.ts'
import { Refusal } from '../../administration/refusal.ts'
import type { Engine } from '../../engine.ts'
import type { ReplayedRequest } from '../../endpoint/replay.ts'
import type { JournalDetail } from '../../journal/journal-entry.ts'
import { withoutRedactedCredentials } from '../../journal/redaction/redact-target.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'

/** A request of the log that can be sent again. */
export interface ReplayableRequest {
  readonly request: ReplayedRequest
  readonly integration: IntegrationRow
  /** Why it can only be tried: a sentence. */
  readonly onlyDryRun: string | undefined
}

const redacted = '[redacted]'

const lostBodies = {
  whole: undefined,
  cut: 'The log kept only the beginning of its body',
  withheld: 'The log did not keep its body, which mentioned a secret and was no JSON',
  dropped: 'The log did not keep its body, for too many requests came at once',
} as const

/** Passwords are kept neither in the log nor in the directory, so that a request does the same without them. */
function withoutPasswords(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutPasswords)
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, each]) => !(each === redacted && /(?:^|:)password$/i.test(key)))
      .map(([key, each]) => [key, each === undefined ? each : withoutPasswords(each)]),
  )
}

function bodyOf(body: string | undefined): string | undefined {
  if (body === undefined || !body.includes(redacted)) return body
  try {
    const value: JsonValue = JSON.parse(body)
    return JSON.stringify(withoutPasswords(value))
  } catch {
    return body // it is refused as it was the first time
  }
}

/** What is sent again for a request of the log. Throws `Refusal` that says why it cannot be. */
export function replayableRequest(engine: Engine, detail: JournalDetail): ReplayableRequest {
  const { content, integrationSlug, requestBodyState } = detail
  if (integrationSlug === undefined)
    throw new Refusal('This request was not let in, so that nobody knows in whose name it would be sent again.')
  const integration = engine.reads.integrations.bySlug(integrationSlug)
  if (!integration) throw new Refusal(`The integration "${integrationSlug}" that it belonged to is gone.`)
  if (!content) throw new Refusal('Its headers and body are gone, so that it cannot be sent again.')
  const lost = lostBodies[requestBodyState]
  if (lost !== undefined) throw new Refusal(`${lost}, so that it cannot be sent again.`)
  // What stands in front of the endpoint, and asks for such credentials, is not passed again.
  const target = withoutRedactedCredentials(detail.target)
  if (decodedTarget(target).includes(redacted))
    throw new Refusal('Its address held a value that the log does not keep, so that it cannot be sent again.')
  const body = bodyOf(content.requestBody)
  return {
    integration,
    request: {
      integrationId: integration.id,
      method: detail.method,
      target,
      headers: content.requestHeaders.filter(({ value }) => value !== redacted),
      body,
      original: detail.id,
    },
    onlyDryRun: body?.includes(redacted)
      ? 'The log does not keep some values of its body; sent for real, [redacted] would be stored in their place.'
      : undefined,
  }
}

function decodedTarget(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target // written by a client that knows no better
  }
}
