/** `1 user`, `20,000 users`. */
export function spokenAmount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
