/** How much each media type is wanted, by an `Accept` header (RFC 9110 §12.5.1): the most specific range that covers it counts. */
function weightOf(ranges: ReadonlyMap<string, number>, type: string): number {
  return ranges.get(type) ?? ranges.get('application/*') ?? ranges.get('*/*') ?? 0
}

function rangesOf(accept: string): ReadonlyMap<string, number> {
  const ranges = new Map<string, number>()
  for (const range of accept.toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((each) => each.trim())
    const weight = parameters.find((each) => each.startsWith('q='))
    const value = weight === undefined ? 1 : Number(weight.slice(2))
    ranges.set(type, Number.isFinite(value) ? value : 1)
  }
  return ranges
}

let last: { readonly accept: string; readonly isPlain: boolean } = { accept: '', isPlain: false }

/**
 * Whether plain JSON is wanted more than SCIM's own type. OneLogin asks for plain JSON and wants it back; everybody else gets SCIM's
 * (RFC 7644 §3.1), those too who want neither.
 */
export function wantsPlainJson(accept: string | undefined): boolean {
  if (accept === undefined) return false
  // One client after the other says the same.
  if (accept !== last.accept) {
    const ranges = rangesOf(accept)
    last = { accept, isPlain: weightOf(ranges, 'application/json') > weightOf(ranges, 'application/scim+json') }
  }
  return last.isPlain
}
