import type { EndpointState } from '../endpoint-control.ts'

/** The endpoint in one line, for the tray. */
export function endpointLine(state: EndpointState | undefined): string {
  if (!state) return 'The SCIM endpoint has not started'
  if (state.state === 'listening') return `Listening on ${new URL(state.url).host}`
  if (state.problem !== undefined) return `Not listening: ${state.problem}`
  return 'Stopped: identity providers get no connection'
}
