/** A URL without the slashes at its end. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/** The origin under which a server that listens on this address is reached from its own machine. */
export function localOrigin(host: string, port: number, isTls: boolean): string {
  const shown = host === '0.0.0.0' || host === '::' || host === '' ? '127.0.0.1' : host
  return `${isTls ? 'https' : 'http'}://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}

/** The SCIM base URL of an integration, without a trailing slash. */
export function scimBaseOf(origin: string, slug: string): string {
  return `${origin}/scim/${slug}/v2`
}
