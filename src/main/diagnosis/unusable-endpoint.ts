import { describeAnswer } from '../../idp/simulated/answer-content.ts'
import { isJsonObject } from '../../scim/json/json.ts'
import type { Exchange } from './exchange.ts'
import { retryAfter } from './patient-client.ts'

/** An endpoint that cannot be checked at all. The message says why and what to do. */
export class UnusableEndpoint extends Error {
  override readonly name = 'UnusableEndpoint'
}

/** Why an endpoint cannot be worked with at all, and what to do; undefined where its answer is one of SCIM. */
export function unusableBecause({ answer, problem, request }: Exchange): string | undefined {
  if (answer === undefined) return problem
  const { status, contentType, headers } = answer
  if (status >= 300 && status < 400)
    return `It redirects to ${headers['location'] ?? 'nowhere'} (status ${status}). Identity providers do not follow that: use the URL it leads to.`
  if (status === 401 || status === 403)
    return `It refuses the token (status ${describeAnswer(answer)}). Copy the whole token again, or issue a new one.`
  if (contentType.includes('html') || /^\s*<(?:!doctype|html)/i.test(answer.text))
    return `It answers with a web page (status ${status}) and not with SCIM: look whether the URL is the SCIM URL, and whether a sign-in page or a tunnel's warning stands before it.`
  if (status === 404)
    return `There is nothing at ${request.url} (status 404): look whether the URL is the SCIM URL, up to /v2 or what stands in its place.`
  const seconds = status === 503 ? retryAfter(answer) : undefined
  if (seconds !== undefined)
    return `It is out of service at present (status ${describeAnswer(answer)}) and asks to be tried again in ${seconds} s. Bring it back, or end its pause, and try again then.`
  if (status >= 500) return `It fails with status ${describeAnswer(answer)}. Look into its log.`
  if (!isJsonObject(answer.body))
    return `Its answer (status ${status}) is not JSON: look whether the URL is the SCIM URL.`
  return undefined
}
