import type { Integration } from '../../../contract/integrations.ts'
import type { Request } from '../../../contract/requests.ts'

/** Those of the requests for its slug that are its own: an integration that was deleted may have had the same one. */
export function ownRequests(
  { requestsSince }: Pick<Integration, 'requestsSince'>,
  requests: readonly Request[],
): readonly Request[] {
  return requestsSince === null ? requests : requests.filter((each) => each.at >= requestsSince)
}
