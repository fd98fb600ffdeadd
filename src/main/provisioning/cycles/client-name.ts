const userAgentLine = /^user-agent:[ \t]*([^\r\n]*)/im
const longestName = 80
/** An IdP may send by more than one program; whoever comes with another one than the last few is somebody else. */
const remembered = 4

/** What a client calls itself in its User-Agent, without its version: `okta scim client`, `curl`; empty where it has none. */
export function clientName(requestHeaders: string): string {
  const whole = userAgentLine.exec(requestHeaders)?.[1]?.toLowerCase() ?? ''
  return (/^[^\d/(]*/.exec(whole)?.[0] ?? '').trim().slice(0, longestName)
}

/** The clients that got in, with one more; the same list where it is among them. */
export function withClient(clients: readonly string[], name: string): readonly string[] {
  return clients.includes(name) ? clients : [...clients.slice(1 - remembered), name]
}
