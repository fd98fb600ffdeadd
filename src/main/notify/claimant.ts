import { hostname } from 'node:os'
import { birthOf, isAlive } from '../data-dir/process-identity.ts'

function lifeOf(pid: number): string {
  return birthOf(pid).replaceAll(' ', '/')
}

/** How somebody signs what is being sent: the machine, the process, when that began, and who in it. */
export function claimantOf(name: string): string {
  return `${hostname()} ${process.pid} ${lifeOf(process.pid)} ${name}`
}

/**
 * Those of the claimants whose process is surely gone, so that nobody has to wait for the end of their claims. Of other machines nothing is
 * known.
 */
export function goneClaimants(claimants: readonly string[]): readonly string[] {
  return claimants.filter((each) => {
    const [host, number, life] = each.split(' ')
    if (host !== hostname()) return false
    const pid = Number(number)
    return !isAlive(pid) || (life !== '' && life !== lifeOf(pid))
  })
}
