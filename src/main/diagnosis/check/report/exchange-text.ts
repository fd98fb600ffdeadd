import type { Exchange } from '../../exchange.ts'

const longestBody = 8 * 1024

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

function bodyText(text: string | undefined): string {
  if (text === undefined || text === '') return ''
  const whole = indented(text)
  return `\n\n${whole.length > longestBody ? `${whole.slice(0, longestBody)}\n… shortened here` : whole}`
}

function headerText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `\n${name}: ${value}`)
    .join('')
}

/** A request as it went over the wire, but for the token. */
export function requestText({ request }: Exchange): string {
  return `${request.method} ${request.url}${headerText(request.headers)}${bodyText(request.body)}`
}

/** Its answer, or why there was none. */
export function answerText({ answer, problem }: Exchange): string {
  if (answer === undefined) return problem ?? 'No answer.'
  return `${answer.status}${headerText(answer.headers)}${bodyText(answer.text)}`
}
