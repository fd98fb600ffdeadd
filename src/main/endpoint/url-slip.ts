/** What went wrong when a SCIM URL was copied into an identity provider, as far as a path that leads nowhere tells. */
export type UrlSlip = 'base' | 'endpoint-behind' | 'twice' | 'no-version' | 'no-path' | 'no-start' | 'singular' | 'sign'

const endpoints: ReadonlySet<string> = new Set(['users', 'groups', 'schemas', 'resourcetypes', 'serviceproviderconfig'])
const singulars: ReadonlySet<string> = new Set(['user', 'group'])

function segmentsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split('/')
    .filter((each) => each !== '')
}

/** Behind the version of a SCIM URL. */
function slipBehind(segments: readonly string[]): UrlSlip | undefined {
  const [first, second] = segments
  if (first === undefined) return 'base'
  if (first === 'scim' || first === 'v2') return 'twice'
  if (singulars.has(first)) return 'singular'
  return endpoints.has(first) && second !== undefined && endpoints.has(second) ? 'endpoint-behind' : undefined
}

/** What is wrong with a path at which nothing answers, as it came; undefined where nothing is known of it. */
export function urlSlip(path: string): UrlSlip | undefined {
  const segments = segmentsOf(path)
  const [first] = segments
  if (first === undefined) return 'base'
  // A blank, a quotation mark or the like at the end of the URL comes percent-encoded, and a slash too.
  if (segments.slice(0, 3).some((each) => /^v2\W|^scim%2f|^scim%20|^%20/.test(each))) return 'sign'
  if (first !== 'scim') {
    if (segments.includes('v2') && segments.length > 1) return 'no-start'
    return endpoints.has(first) ? 'no-path' : undefined
  }
  const version = segments[1] === 'v2' ? 1 : segments[2] === 'v2' ? 2 : -1
  if (version > 0) return slipBehind(segments.slice(version + 1))
  return segments.slice(1, 3).some((each) => endpoints.has(each)) ? 'no-version' : undefined
}
