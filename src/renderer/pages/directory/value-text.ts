/** A value of a resource in a line: `work · ana@example.com`. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (Array.isArray(value)) return value.map((each: unknown) => valueText(each)).join('; ')
  if (typeof value === 'object') return objectText(value)
  return ''
}

function objectText(value: object): string {
  const { type, primary, ...rest }: { type?: unknown; primary?: unknown } & Record<string, unknown> = { ...value }
  return [
    ...(typeof type === 'string' ? [type] : []),
    ...Object.values(rest).map(valueText),
    ...(primary === true ? ['primary'] : []),
  ].join(' · ')
}

/** Whether a value is short enough to stand in a line. */
export function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}
