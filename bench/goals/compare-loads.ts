import type { Lab } from '../lab.ts'
import { interleave, type Rounds } from '../load/interleave.ts'
import { median } from '../load/statistics.ts'
import { measureWindow, type Load, type WindowResult } from '../load/window.ts'
import { untilQuiet } from '../servers/until-quiet.ts'

export type LoadToCompare = Omit<Load, 'seconds' | 'signal'> & { readonly seconds?: number }

/** A server that has run for a day has been compiled for what it does; one of three seconds has, too, nearly. */
const WARM_UP_SECONDS = 3

/** Compiling takes some ten thousand requests, which so many connections bring in that time, and one alone does not. */
const WARM_UP_CONNECTIONS = 32

/** Has a server compiled for a load, untimed. */
export async function warmUp({ target, workload, connections }: LoadToCompare): Promise<void> {
  await measureWindow({
    target,
    workload,
    connections: Math.max(connections, WARM_UP_CONNECTIONS),
    seconds: WARM_UP_SECONDS,
  })
}

/** Warms every load up, then measures them interleaved. */
export async function compareLoads(
  lab: Lab,
  loads: Readonly<Record<string, LoadToCompare>>,
): Promise<Rounds<WindowResult>> {
  const { seconds, rounds } = lab.scale
  const cases = new Map(Object.entries(loads).map(([name, load]) => [name, () => measureWindow({ seconds, ...load })]))
  const pids = [...new Set(Object.values(loads).map((load) => load.target.pid))]
  for (const load of Object.values(loads)) await warmUp(load)
  return interleave(cases, rounds, () => untilQuiet(pids))
}

export function ratesOf(results: readonly { readonly perSecond: number }[]): readonly number[] {
  return results.map((result) => result.perSecond)
}

/** The median rate in words. */
export function rateText(results: readonly { readonly perSecond: number }[]): string {
  const rate = median(ratesOf(results))
  return `${rate.toLocaleString('en', { maximumFractionDigits: rate < 100 ? 1 : 0 })}/s`
}

export function wrongOf(results: readonly { readonly wrong: readonly string[] }[]): readonly string[] {
  return [...new Set(results.flatMap((result) => result.wrong))]
}
