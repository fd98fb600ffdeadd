/** The scheme under which the desktop app serves its page. */
export const appScheme = 'app'
export const appHost = 'rollcall'
/** Where the page is: an origin that no web page can have. */
export const appUrl = `${appScheme}://${appHost}/`

/** Whether a URL is one of our own page. */
export function isAppUrl(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return protocol === `${appScheme}:` && host === appHost
}
