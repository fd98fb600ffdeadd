/** One entry of an entity-tag list (RFC 9110 §8.8.3), which may be empty (§5.6.1.2), with the comma or the end behind it. */
const listed = /\s*(?:(?:W\/)?("[^"]*")\s*)?(?:,|$)/iy

/** The weak ETag of a resource (RFC 7644 §3.14): its version and the millisecond of its last change. */
export function etagOf(version: number, modifiedAt: number): string {
  return `W/"${version}-${modifiedAt}"`
}

/** The ETag as JSON text, quotes included. */
export function etagJson(version: number, modifiedAt: number): string {
  return `"W/\\"${version}-${modifiedAt}\\""`
}

function opaque(etag: string): string {
  return etag.startsWith('W/') ? etag.slice(2) : etag
}

/** Weak comparison throughout: SCIM clients send the weak tags that they were given in If-Match too (RFC 7644 §3.14). */
function isListed(header: string, etag: string): boolean {
  const wanted = opaque(etag)
  listed.lastIndex = 0
  for (;;) {
    const start = listed.lastIndex
    const entry = listed.exec(header)
    if (entry === null || listed.lastIndex === start) return false
    if (entry[1] === wanted) return true
    if (listed.lastIndex >= header.length) return false
  }
}

/**
 * Whether If-Match lets a request pass: without the header always, with `*` if the resource exists. A malformed list
 * names no version and so lets nothing pass from the point where it breaks. `etag` is undefined if there is no resource.
 */
export function ifMatch(header: string | undefined, etag: string | undefined): boolean {
  if (header === undefined) return true
  if (etag === undefined) return false
  return header.trim() === '*' || isListed(header, etag)
}

/** Whether If-None-Match lets a request pass; if not, a GET is answered with 304 and a change with 412. */
export function ifNoneMatch(header: string | undefined, etag: string | undefined): boolean {
  if (header === undefined || etag === undefined) return true
  return header.trim() !== '*' && !isListed(header, etag)
}
