import { roles } from './role-names.ts'

/** The filters of a list as the URL holds them; what is not there is not filtered by. */
export type FilterName = 'q' | 'in' | 'source' | 'state' | 'role' | 'drift' | 'archived'

/** A source is `local`, `scim` for any IdP, or one integration: `idp:entra`. */
export const integrationMark = 'idp:'

function isKnown(name: FilterName, text: string): boolean {
  switch (name) {
    case 'source':
      return text === 'local' || text === 'scim' || text.startsWith(integrationMark)
    case 'state':
      return text === 'active' || text === 'inactive'
    case 'role':
      return roles.some((each) => each === text)
    default:
      return true
  }
}

/** What a URL says of a filter; empty where it says nothing, or what the filter does not know. Of what is archived no state is asked. */
export function filterValue(search: URLSearchParams, name: FilterName): string {
  if (name === 'state' && search.get('archived')) return ''
  const text = search.get(name) ?? ''
  return isKnown(name, text) ? text : ''
}
