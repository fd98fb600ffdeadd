/** Where the command `console url` finds the address of a running server. */
export const consoleUrlSetting = 'console_served_url'

/** The address that opens the console once. The key stands in the fragment, which no browser sends anywhere. */
export function consoleLink(url: string, key: string): string {
  return `${url}/#k=${key}`
}
