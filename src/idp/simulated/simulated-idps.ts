import { simulateEntra } from './entra.ts'
import { simulateOkta } from './okta.ts'
import type { Organisation } from './organisation.ts'
import type { SimulatedIdp } from './simulated-idp.ts'

export const simulatedIdpIds = ['entra', 'okta'] as const

export type SimulatedIdpId = (typeof simulatedIdpIds)[number]

export const simulatedIdps: { readonly [id in SimulatedIdpId]: (organisation: Organisation) => SimulatedIdp } = {
  entra: simulateEntra,
  okta: simulateOkta,
}
