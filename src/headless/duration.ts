import { InvalidArgumentError } from 'commander'

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
])

const longest = 10 * 365 * 86_400_000

/** Ms of a length of time as it is typed: `90s`, `30m`, `24h` or `7d`. */
export function parseDuration(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const ms = Number(count) * (units.get(unit) ?? Number.NaN)
  if (!(ms > 0)) throw new InvalidArgumentError('A length of time looks like 30m, 24h or 7d.')
  if (ms > longest) throw new InvalidArgumentError('That is longer than ten years.')
  return ms
}
