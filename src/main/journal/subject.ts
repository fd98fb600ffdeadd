import { parseQueryParameters } from '../../scim/query.ts'

const longest = 200

/** What a lookup looked for, such as a userName: the text of the one comparison in its filter. Undefined for everything else. */
export function soughtValue(target: string): string | undefined {
  const at = target.indexOf('?')
  if (at < 0) return undefined
  const filter = filterOf(target.slice(at + 1))
  const plain = filter?.slice(0, 2000).replaceAll(/\[[^\]]*\]/g, '')
  const found = /^\s*[\w$:.-]+\s+eq\s+(?:"((?:[^"\\]|\\.)*)"|(\S+))\s*$/i.exec(plain ?? '')
  return (found?.[1]?.replaceAll(/\\(.)/g, '$1') ?? found?.[2])?.slice(0, longest)
}

function filterOf(query: string): string | undefined {
  try {
    return parseQueryParameters(query).filter
  } catch {
    return undefined // the endpoint has answered 400 to it
  }
}
