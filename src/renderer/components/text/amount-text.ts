const grouped = new Intl.NumberFormat('en')

/** `3,408`. */
export function numberText(count: number): string {
  return grouped.format(count)
}

/** `1 user`, `3,408 users`. */
export function amountText(count: number, one: string, many = `${one}s`): string {
  return `${numberText(count)} ${count === 1 ? one : many}`
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

/** `412 B`, `1.2 kB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit]}`
}
