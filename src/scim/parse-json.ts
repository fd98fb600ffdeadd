import { invalidSyntax } from './error.ts'

/** Parses a request's body. Throws invalidSyntax with the parser's own words for where it went wrong. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'it cannot be read'
    throw invalidSyntax(`The body is not valid JSON: ${reason}.`)
  }
}
