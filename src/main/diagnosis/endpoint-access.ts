import { withoutSlash } from '../scim-url.ts'

export type ParsedEndpointUrl =
  | { readonly ok: true; readonly value: string }
  /** What is wrong with it, as a sentence. */
  | { readonly ok: false; readonly problem: string }

/** The SCIM URL as it is pasted into an identity provider, without the slash at its end. */
export function parseEndpointUrl(text: string): ParsedEndpointUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    return { ok: false, problem: 'A SCIM URL looks like https://scim.example.com/scim/v2.' }
  if (url.username !== '' || url.password !== '')
    return { ok: false, problem: 'Leave user and password out of the URL: the token is given by itself.' }
  if (url.search !== '' || url.hash !== '')
    return {
      ok: false,
      problem: `Leave "${url.search}${url.hash}" out. It is a setting of the identity provider; what it sends without it is sent here.`,
    }
  return { ok: true, value: withoutSlash(url.href) }
}

/** Why a text cannot be a bearer token; undefined for one that can. The sentence holds nothing of it. */
export function tokenProblem(text: string): string | undefined {
  if (/^bearer\s/i.test(text)) return 'Leave "Bearer " out of the token: it is added.'
  if (!/^[\u0021-\u007e]+$/.test(text))
    return 'The token has a blank or a character that no header can carry: copy it again.'
  return undefined
}
