import { invalidSyntax, payloadTooLarge } from '../error.ts'

/**
 * Each value of a body takes some hundred times the memory of its text while it is worked on. A body of the usual size cannot hold so many,
 * and a larger one of groups and people does not either: what does would take more memory than there is.
 */
const mostValues = 2_500_000
/** A value and what parts it from the next one. */
const shortestValue = 2

/** Whether a text can be of more JSON values than that. Commas and brackets within strings count too, of which no body has millions. */
function hasTooManyValues(text: string): boolean {
  if (text.length <= mostValues * shortestValue) return false
  let values = 1
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === comma || code === openingBracket || code === openingBrace) values += 1
  }
  return values > mostValues
}

const comma = 0x2c
const openingBracket = 0x5b
const openingBrace = 0x7b

/** Parses a request's body. Throws invalidSyntax with the parser's own words for where it went wrong, and 413 for one of too many values. */
export function parseJson(text: string): unknown {
  if (text.trim() === '')
    throw invalidSyntax('The request came without a body. If the client sent one, a proxy in between has dropped it.')
  if (hasTooManyValues(text))
    throw payloadTooLarge(`The body is made of more than ${mostValues} values. Send less at once.`)
  try {
    return JSON.parse(text)
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.slice(0, 200) : 'it cannot be read'
    throw invalidSyntax(`The body is not valid JSON: ${reason}.`)
  }
}
