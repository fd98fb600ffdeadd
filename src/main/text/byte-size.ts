const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']

/** A number of bytes for a person: `812 bytes`, `1.5 GiB`. */
export function byteSize(bytes: number): string {
  let size = bytes
  let unit = 0
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024
    unit += 1
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit] ?? ''}`
}
