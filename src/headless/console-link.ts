/** The address that opens the console once. The key stands in the fragment, which no browser sends anywhere. */
export function consoleLink(url: string, key: string): string {
  return `${url}/#k=${key}`
}
