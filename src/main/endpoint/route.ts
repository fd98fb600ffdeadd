import { invalidSyntax } from '../../scim/error.ts'
import type { ResourceName } from '../store/resources/resource-kind.ts'

/** What a path means, below one of the base URLs. */
export type Route =
  | { readonly kind: 'collection'; readonly resource: ResourceName }
  | { readonly kind: 'resource'; readonly resource: ResourceName; readonly id: string }
  | { readonly kind: 'search'; readonly resource: ResourceName | undefined }
  /** `*`: the server itself, of which OPTIONS alone can ask (RFC 9110 §9.3.7). */
  | { readonly kind: 'server' }
  | { readonly kind: 'root' }
  | { readonly kind: 'bulk' }
  | { readonly kind: 'me' }
  | { readonly kind: 'service-provider-config' }
  | { readonly kind: 'schemas'; readonly id: string | undefined }
  | { readonly kind: 'resource-types'; readonly id: string | undefined }
  /** Below a version of the protocol that is not served (RFC 7644 §3.13), such as `v3`. */
  | { readonly kind: 'other-version'; readonly version: string }
  | { readonly kind: 'unknown' }

export interface RoutedPath {
  /** The integration named in the path, if one is. */
  readonly slug: string | undefined
  readonly route: Route
  /** The word for the journal: `Users`, `Groups`, `Bulk` … */
  readonly endpoint: string | undefined
}

const collections: ReadonlyMap<string, ResourceName> = new Map([
  ['users', 'User'],
  ['groups', 'Group'],
])

/** What no id is, in lower case: a SCIM URL that was pasted with `/Users` at its end asks for them there. */
const endpointNames: ReadonlySet<string> = new Set([
  'users',
  'groups',
  'serviceproviderconfig',
  'schemas',
  'resourcetypes',
  'bulk',
])

const versionShape = /^v\d+(?:\.\d+)?$/i

const unknown = { route: { kind: 'unknown' }, endpoint: undefined } as const

function routeOf(segments: readonly string[]): { readonly route: Route; readonly endpoint: string | undefined } {
  const [first, second, third] = segments
  const name = first?.toLowerCase()
  if (name === undefined) return { route: { kind: 'root' }, endpoint: '.search' }
  if (third !== undefined) return unknown
  const resource = collections.get(name)
  if (resource) {
    const endpoint = `${resource}s`
    if (second === undefined) return { route: { kind: 'collection', resource }, endpoint }
    const below = second.toLowerCase()
    if (below === '.search') return { route: { kind: 'search', resource }, endpoint }
    if (endpointNames.has(below)) return unknown
    return { route: { kind: 'resource', resource, id: second }, endpoint }
  }
  if (name === 'schemas') return { route: { kind: 'schemas', id: second }, endpoint: 'Schemas' }
  if (name === 'resourcetypes') return { route: { kind: 'resource-types', id: second }, endpoint: 'ResourceTypes' }
  if (second !== undefined) return unknown
  switch (name) {
    case '.search':
      return { route: { kind: 'search', resource: undefined }, endpoint: '.search' }
    case 'bulk':
      return { route: { kind: 'bulk' }, endpoint: 'Bulk' }
    case 'me':
      return { route: { kind: 'me' }, endpoint: 'Me' }
    case 'serviceproviderconfig':
      return { route: { kind: 'service-provider-config' }, endpoint: 'ServiceProviderConfig' }
    default:
      return unknown
  }
}

function segmentsOf(path: string): readonly string[] {
  const segments: string[] = []
  for (let start = 1; start < path.length;) {
    const slash = path.indexOf('/', start)
    const end = slash < 0 ? path.length : slash
    if (end > start) segments.push(decodeSegment(path.slice(start, end)))
    start = end + 1
  }
  return segments
}

function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    throw invalidSyntax('The percent-encoding of the path is broken.')
  }
}

function otherVersion(version: string | undefined, slug: string | undefined): RoutedPath | undefined {
  if (version === undefined || !versionShape.test(version)) return undefined
  return { slug, route: { kind: 'other-version', version }, endpoint: undefined }
}

/**
 * Finds the route of a path: below `/scim/<slug>/v2`, `/scim/v2` or `/scim`, with doubled and trailing slashes forgiven.
 * Throws invalidSyntax for broken percent-encoding.
 */
export function routePath(path: string): RoutedPath {
  if (path === '*') return { slug: undefined, route: { kind: 'server' }, endpoint: undefined }
  const segments = segmentsOf(path)
  if (segments[0] !== 'scim' && segments[0]?.toLowerCase() !== 'scim') return { slug: undefined, ...unknown }
  if (segments[1]?.toLowerCase() === 'v2') return { slug: undefined, ...routeOf(segments.slice(2)) }
  if (segments[2]?.toLowerCase() === 'v2') return { slug: segments[1], ...routeOf(segments.slice(3)) }
  const found = routeOf(segments.slice(1))
  if (found.route.kind !== 'unknown') return { slug: undefined, ...found }
  return (
    otherVersion(segments[2], segments[1]) ?? otherVersion(segments[1], undefined) ?? { slug: undefined, ...unknown }
  )
}
