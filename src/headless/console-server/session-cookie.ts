/** The name of the cookie that holds a session. It names the port: browsers share cookies between the ports of a host. */
function cookieName(origin: string): string {
  const { protocol, port } = new URL(origin)
  return protocol === 'https:' ? `__Host-rollcall-${port || '443'}` : `rollcall-${port || '80'}`
}

/** The value of a cookie in a request's header; undefined when it is not there. */
function readCookie(header: string | undefined, name: string): string | undefined {
  for (const each of header?.split(';') ?? []) {
    const equals = each.indexOf('=')
    if (equals > 0 && each.slice(0, equals).trim() === name) return each.slice(equals + 1).trim()
  }
  return undefined
}

/** The value of the cookie that holds a session; empty when there is none. */
export function sessionCookie(header: string | undefined, origin: string): string {
  return readCookie(header, cookieName(origin)) ?? ''
}

/** Out of reach for scripts and for other sites. */
function cookieHeader(origin: string, name: string, value: string, maxAgeMs: number): string {
  const isSecure = origin.startsWith('https:')
  const age = Math.max(0, Math.floor(maxAgeMs / 1000))
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${age}${isSecure ? '; Secure' : ''}`
}

/** The header that gives the cookie of a session. Without a value it takes the cookie away. */
export function setCookie(origin: string, secret: string, maxAgeMs: number): string {
  return cookieHeader(origin, cookieName(origin), secret, maxAgeMs)
}

function browserCookieName(origin: string): string {
  return `${cookieName(origin)}-browser`
}

/** The value of the cookie by which a browser is known; empty when there is none. */
export function browserCookie(header: string | undefined, origin: string): string {
  return readCookie(header, browserCookieName(origin)) ?? ''
}

/** No browser keeps a cookie longer than 400 days (RFC 6265bis §5.5). */
const knownForMs = 400 * 86_400_000

/** The header that gives the cookie by which a browser is known. It outlives the session and signing out. */
export function setBrowserCookie(origin: string, value: string): string {
  return cookieHeader(origin, browserCookieName(origin), value, knownForMs)
}
