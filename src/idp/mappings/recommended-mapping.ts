import type { IdpId } from '../idp.ts'
import { basicMapping, basicUserMapping } from './basic.ts'
import { entraMapping } from './entra.ts'
import type { MappedAttribute } from './mapped-attribute.ts'
import { oktaMapping } from './okta.ts'

/** The attribute mapping that is recommended for each IdP. */
export const recommendedMappings: { readonly [Id in IdpId]: readonly MappedAttribute[] } = {
  entra: entraMapping,
  okta: oktaMapping,
  onelogin: basicMapping,
  jumpcloud: basicMapping,
  ping: basicMapping,
  cyberark: basicMapping,
  authentik: basicMapping,
  keycloak: basicMapping,
  // It provisions users only.
  google: basicUserMapping,
  generic: basicMapping,
}
