const first = 30_000
const longest = 6 * 3_600_000

/** After so many attempts, which take about a day and a half, a message is given up. */
export const mostAttempts = 14

/**
 * How long to wait after the attempt of this number (from 1), in ms: twice as long each time, six hours at most. `random`, from 0 up to 1, spreads
 * the attempts of many messages over the second half of it.
 */
export function backOff(attempt: number, random: number): number {
  const whole = Math.min(longest, first * 2 ** Math.min(attempt - 1, 20))
  return Math.round(whole * (0.5 + random / 2))
}
