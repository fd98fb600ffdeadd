/** What is said of a folder that holds no Rollcall data where some are needed. */
export function noDataIn(dataDir: string): string {
  return `There is no Rollcall data in ${dataDir}. Check --data-dir, or begin there with "rollcall serve".`
}
