import { withoutSlash } from './scim-url.ts'

export type ParsedPublicUrl =
  | { readonly ok: true; readonly value: string }
  /** What is wrong with it, as a sentence. */
  | { readonly ok: false; readonly problem: string }

/** The paths of the SCIM endpoint: they begin where a public URL ends. */
const ownPath = /\/scim(?:(?:\/[^/]+)?\/v2)?$/i

/** The URL by which IdPs reach the endpoint, as it is stored: absolute, http or https, without a slash at its end. */
export function parsePublicUrl(text: string): ParsedPublicUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { ok: false, problem: `"${text}" is no public URL. It looks like https://scim.example.com.` }
  if (url.search !== '' || url.hash !== '')
    return { ok: false, problem: 'A public URL has no query and no fragment. It looks like https://scim.example.com.' }
  if (url.username !== '' || url.password !== '')
    return { ok: false, problem: 'A public URL has no user name and no password in it: every IdP would be shown them.' }
  const path = withoutSlash(url.pathname)
  const own = ownPath.exec(path)?.[0]
  if (own !== undefined)
    return {
      ok: false,
      problem: `A public URL ends before ${own}, which is added to it. Give ${url.origin}${path.slice(0, -own.length)} instead.`,
    }
  return { ok: true, value: withoutSlash(url.href) }
}

/** Whether a URL names the machine itself, so that nobody else gets here by it. */
export function isLoopbackUrl(text: string): boolean {
  const { hostname } = new URL(text)
  return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname)
}
