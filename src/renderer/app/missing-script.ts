/** How Chromium, Firefox, Safari and the bundle's own loader of styles say it. */
const messages =
  /^(?:Failed to fetch dynamically imported module|error loading dynamically imported module|Importing a module script failed|Unable to preload CSS)/i

/** Whether a screen's script or style could not be fetched, as when the server was upgraded after the page had been opened. */
export function isMissingScript({ message }: Error): boolean {
  return messages.test(message)
}
