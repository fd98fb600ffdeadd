export type ParsedUrl = { readonly ok: true; readonly url: URL } | { readonly ok: false; readonly problem: string }

/** Where notifications may be posted: https, or http where the admin named the host as a private one. No name and password in it: they would be stored. */
export function parseWebhookUrl(text: string, allowsPrivate: boolean): ParsedUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || text.length > 2000)
    return { ok: false, problem: 'That is no URL such as https://hooks.example.com/rollcall.' }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && allowsPrivate))
    return {
      ok: false,
      problem: 'A webhook URL begins with https://. Plain http is for a host that is named as allowed.',
    }
  if (url.username !== '' || url.password !== '')
    return {
      ok: false,
      problem: 'A webhook URL cannot hold a user and a password; receivers check the signature instead.',
    }
  if (url.hash !== '') return { ok: false, problem: 'A webhook URL has no fragment (#…).' }
  return { ok: true, url }
}

/** The host of a URL, without the brackets of an IPv6 address. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}
