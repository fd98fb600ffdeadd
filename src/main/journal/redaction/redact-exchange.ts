import type { Exchange } from '../exchange.ts'
import { hasCredentialParameter, hasPathCredential } from './credential-names.ts'
import { createEchoedSecrets } from './echoed-secrets.ts'
import { mayHoldOwnToken, withoutOwnTokens } from './own-tokens.ts'
import { redactBody, type RedactedBody } from './redact-body.ts'
import { redactHeaders, withoutCredentials } from './redact-headers.ts'
import { redactTrace } from './redact-trace.ts'
import { redactTarget } from './redact-target.ts'
import type { RedactedNames } from './redacted-names.ts'
import { mayNameSecret } from './secret-names.ts'
import { mayHideNames } from './unescaped.ts'

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

/** All texts of an exchange as one. */
function textsOf(exchange: Exchange): string {
  const { target, requestHeaders, requestBody, responseHeaders, responseBody, trace } = exchange
  return `${target}${requestHeaders}${requestBody ?? ''}${responseHeaders}${responseBody ?? ''}${trace}`
}

/**
 * An exchange whose texts hold nothing that redaction looks for, but credentials in their headers; undefined where it takes a closer look to
 * tell. This one look at all texts spares most exchanges a closer one at each of them.
 */
function redactPlain(exchange: Exchange, names: RedactedNames, texts: string): RedactedExchange | undefined {
  if (mayHoldOwnToken(texts) || texts.includes('\0') || names.mayMention(texts) || mayNameSecret(texts))
    return undefined
  if (!isJsonBody(exchange.requestBody) || !isJsonBody(exchange.responseBody)) return undefined
  const { target, requestHeaders, responseHeaders } = exchange
  if (mayHideNames(target) || mayHideNames(requestHeaders) || mayHideNames(responseHeaders)) return undefined
  if (hasCredentialParameter(target) || hasCredentialParameter(requestHeaders)) return undefined
  if (hasPathCredential(target)) return undefined
  return {
    target,
    requestHeaders: withoutCredentials(requestHeaders),
    request: { text: exchange.requestBody, state: 'kept' },
    responseHeaders: withoutCredentials(responseHeaders),
    response: { text: exchange.responseBody, state: 'kept' },
    trace: exchange.trace,
  }
}

function isJsonBody(body: string | undefined): boolean {
  if (body === undefined || body === '') return true
  const first = body.charCodeAt(0)
  return first === openingBrace || first === openingBracket
}

const openingBrace = 0x7b
const openingBracket = 0x5b

/**
 * Takes every secret out of an exchange, once, before it is stored: no reader has to think of it again. `texts` are all its texts as one,
 * where the caller has them so.
 */
export function redactExchange(
  exchange: Exchange,
  names: RedactedNames,
  texts: string = textsOf(exchange),
): RedactedExchange {
  return redactPlain(exchange, names, texts) ?? redactClosely(exchange, names)
}

function redactClosely(exchange: Exchange, names: RedactedNames): RedactedExchange {
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
