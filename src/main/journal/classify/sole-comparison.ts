/** Quotes that are not escaped belong to a value that runs to the last of them, unless the filter may go on behind one. */
const rawQuotes = String.raw`"((?:(?!"\s*(?:and|or)\b)[^\\])*)"`
const sole = new RegExp(String.raw`^([\w$:.-]+)\s+eq\s+(?:"((?:[^"\\]|\\.)*)"|${rawQuotes}|(\S+))$`, 'i')

/** The one comparison for equality that a filter is; undefined for any other. */
export function soleComparison(filter: string): { readonly path: string; readonly value: string } | undefined {
  // A value filter in brackets only says which of several values is meant: emails[type eq "work"].value eq "…".
  const found = sole.exec(filter.replaceAll(/\[[^\]]*\]/g, '').trim())
  const path = found?.[1]
  const value = found?.[2]?.replaceAll(/\\(["\\/])/g, '$1') ?? found?.[3] ?? found?.[4]
  return path === undefined || value === undefined ? undefined : { path, value }
}
