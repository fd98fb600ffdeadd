import { entraGuide } from './entra-guide.ts'
import { genericGuide } from './generic-guide.ts'
import { googleGuide } from './google-guide.ts'
import { jumpcloudGuide } from './jumpcloud-guide.ts'
import { oktaGuide } from './okta-guide.ts'
import { oneloginGuide } from './onelogin-guide.ts'
import { pingGuide } from './ping-guide.ts'
import type { GuideFor } from './setup-guide.ts'

/** The IdPs that an integration can be made for, in the order in which they are offered. */
export const offeredIdps = ['entra', 'okta', 'onelogin', 'jumpcloud', 'ping', 'google', 'generic'] as const

export type OfferedIdp = (typeof offeredIdps)[number]

/** The setup guides, by IdP. */
export const guides: { readonly [Id in OfferedIdp]: GuideFor } = {
  entra: entraGuide,
  okta: oktaGuide,
  onelogin: oneloginGuide,
  jumpcloud: jumpcloudGuide,
  ping: pingGuide,
  google: googleGuide,
  generic: genericGuide,
}
