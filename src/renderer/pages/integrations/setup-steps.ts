/** The steps of connecting an IdP, in order. The first two come before there is an integration. */
export const setupSteps = [
  { id: 'choose', label: 'Identity provider' },
  { id: 'address', label: 'Address' },
  { id: 'token', label: 'Token' },
  { id: 'portal', label: 'In the portal' },
  { id: 'first-request', label: 'First request' },
  { id: 'assign', label: 'People' },
] as const

export type SetupStep = (typeof setupSteps)[number]['id']

export function isSetupStep(text: string | undefined): text is SetupStep {
  return setupSteps.some(({ id }) => id === text)
}
