/** The parameters of a target, decoded for reading; what cannot be decoded stands as it is. Of a name that comes twice the second gets a number. */
export function queryOf(target: string): readonly (readonly [name: string, value: string])[] {
  const mark = target.indexOf('?')
  if (mark < 0) return []
  const seen = new Map<string, number>()
  return target
    .slice(mark + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const name = decoded(equals < 0 ? pair : pair.slice(0, equals))
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      return [count === 1 ? name : `${name} (${count})`, equals < 0 ? '' : decoded(pair.slice(equals + 1))]
    })
}

/** As the endpoint reads it: where the spaces between the words of a filter are "%20", a plus in a text is one. */
function isPlusPlain(text: string): boolean {
  const words = text.replaceAll(/(?:%22|").*?(?:%22|"|$)/gi, '')
  return words.includes('%20') && !words.includes('+')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(isPlusPlain(text) ? text : text.replaceAll('+', ' '))
  } catch {
    return text // written by a client that knows no better
  }
}
