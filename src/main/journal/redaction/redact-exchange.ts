import type { Exchange } from '../exchange.ts'
import { createEchoedSecrets } from './echoed-secrets.ts'
import { withoutOwnTokens } from './own-tokens.ts'
import { redactBody, type RedactedBody } from './redact-body.ts'
import { redactHeaders } from './redact-headers.ts'
import { redactTrace } from './redact-trace.ts'
import { redactTarget } from './redact-target.ts'
import type { RedactedNames } from './redacted-names.ts'

export interface RedactedExchange {
  readonly target: string
  readonly requestHeaders: string
  readonly request: RedactedBody
  readonly responseHeaders: string
  readonly response: RedactedBody
  readonly trace: string
}

function bodyWithoutTokens(body: RedactedBody): RedactedBody {
  if (body.text === undefined) return body
  const text = withoutOwnTokens(body.text)
  return text === body.text ? body : { text, state: 'redacted' }
}

/** Takes every secret out of an exchange, once, before it is stored: no reader has to think of it again. */
export function redactExchange(exchange: Exchange, names: RedactedNames): RedactedExchange {
  const secrets = createEchoedSecrets()
  const request = redactBody(exchange.requestBody, names, secrets.add)
  const response = redactBody(exchange.responseBody, names, secrets.add)
  const target = redactTarget(exchange.target, names, secrets.add)
  // A parser's message may quote the text that it could not read.
  if (request.state === 'withheld') secrets.addAnything()
  const trace = redactTrace(exchange.trace, names)
  const quotes = !secrets.isEmpty
  return {
    target: withoutOwnTokens(target),
    requestHeaders: withoutOwnTokens(redactHeaders(exchange.requestHeaders, names)),
    request: bodyWithoutTokens(request),
    responseHeaders: withoutOwnTokens(redactHeaders(exchange.responseHeaders, names)),
    response: bodyWithoutTokens(
      quotes && exchange.status >= 400 && response.text !== undefined
        ? { ...response, text: secrets.removeFrom(response.text) }
        : response,
    ),
    trace: withoutOwnTokens(quotes ? secrets.removeFrom(trace) : trace),
  }
}
