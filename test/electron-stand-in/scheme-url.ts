// Chromium knows no scheme that it was not built with, so a page of app://rollcall/ is served to it as https://rollcall.app.stand-in.invalid/.
const suffix = 'stand-in.invalid'

export function toBrowserUrl(url: string): string {
  const [, scheme = '', host = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(url) ?? []
  return scheme === '' || /^(https?|file|devtools|chrome)$/i.test(scheme)
    ? url
    : `https://${host}.${scheme}.${suffix}${rest}`
}

export function fromBrowserUrl(url: string): string {
  return url.replace(/^https:\/\/(.+)\.([^./]+)\.stand-in\.invalid(?=[/?#]|$)/, '$2://$1')
}

/** Matches the URLs of pages of a scheme, as the browser knows them. */
export function browserUrlsOf(scheme: string): RegExp {
  return new RegExp(`^https://[^/]+\\.${scheme}\\.${suffix.replace('.', '\\.')}/`)
}
