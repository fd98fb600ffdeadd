/** Where links of the console may lead: the portals that the setup guides name. */
const allowedHosts: ReadonlySet<string> = new Set(['entra.microsoft.com', 'portal.azure.com'])

/** Whether a link may be opened in the person's browser: https, to a host that we name ourselves. */
export function isExternalLink(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, username, password } = new URL(url)
  return protocol === 'https:' && allowedHosts.has(host) && username === '' && password === ''
}
