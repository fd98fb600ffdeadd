/** IdPs that are somewhere else, so that they cannot reach an address of this machine. */
export const inTheCloud: ReadonlySet<string> = new Set(['entra', 'okta', 'onelogin', 'jumpcloud', 'ping', 'google'])
