import { readFileSync } from 'node:fs'

const TICK_MS = 10
const BYTES = 1024

/** Resident memory of a process in MB (VmRSS). Linux only: NaN elsewhere. */
export function residentMegabytes(pid: number): number {
  const match = /VmRSS:\s+(\d+)/.exec(readProc(`/proc/${pid}/status`))
  return Number(match?.[1] ?? Number.NaN) / BYTES
}

/** CPU time a process has used so far, all threads, in ms. NaN where /proc does not say. */
export function cpuMilliseconds(pid: number): number {
  const stat = readProc(`/proc/${pid}/stat`)
  // The second field is the program's name in parentheses and may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11] ?? Number.NaN) + Number(fields[12] ?? Number.NaN)) * TICK_MS
}

function readProc(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
