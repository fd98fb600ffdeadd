import type { RequestTerm } from '../../../../contract/request-filter.ts'
import type { Request } from '../../../../contract/requests.ts'
import { isRead } from '../../../components/text/request-text.ts'
import { isolated } from '../../../components/text/isolated.ts'

/** A way in which other requests can be like one. */
export interface Likeness {
  /** "About ana@example.com" */
  readonly label: string
  readonly term: Omit<RequestTerm, 'isExcluded'>
}

const longest = 300

/** The path of a request below its integration, without its query and without the id of a resource. */
function pathOf({ target, resourceId }: Request): string {
  const path = target.split('?', 1)[0] ?? ''
  const below = path.replace(/^\/scim(?:\/[^/]+)?\/v2/, '')
  return resourceId === null ? below : below.replace(`/${resourceId}`, '')
}

/** In which ways others can be like a request, for "only requests like this". `name` is what its integration is called. */
export function likenesses(request: Request, name?: string): readonly Likeness[] {
  const { classification, subject, status, method, integration, sender, idp, remoteAddress, endpoint } = request
  const about = endpoint === 'Groups' ? 'group' : 'user'
  const phrase = classification.replace(/ \(.*$/, '')
  const path = pathOf(request)
  const all: readonly (Likeness | undefined)[] = [
    { label: `The same purpose: ${phrase}`, term: { field: 'op', value: phrase } },
    subject === null ? undefined : { label: `About ${isolated(subject)}`, term: { field: about, value: subject } },
    status === 0 ? undefined : { label: `Answered with ${status}`, term: { field: 'status', value: String(status) } },
    isRead(request) ? { label: `Sent with ${method}`, term: { field: 'method', value: method } } : undefined,
    path === '' || path === '/' ? undefined : { label: `At ${path}`, term: { field: 'path', value: path } },
    integration === null
      ? undefined
      : { label: `Of ${isolated(name ?? integration)}`, term: { field: 'integration', value: integration } },
    idp === null ? undefined : { label: `Sent by ${sender ?? idp}`, term: { field: 'idp', value: idp } },
    remoteAddress === ''
      ? undefined
      : { label: `From ${remoteAddress}`, term: { field: 'from', value: remoteAddress } },
  ]
  return all.flatMap((each) => (each && each.term.value !== '' && each.term.value.length <= longest ? each : []))
}
