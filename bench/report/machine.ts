import { cpus, loadavg, totalmem } from 'node:os'
import Database from 'better-sqlite3'

/** What the figures were measured on. */
export interface Machine {
  readonly cores: number
  readonly processor: string
  readonly memoryGb: number
  readonly node: string
  readonly sqlite: string
  /** Load average of the minute before the run: above 0.5 somebody else was at work. */
  readonly loadBefore: number
}

export function describeMachine(): Machine {
  const memory = new Database(':memory:')
  const sqlite = String(memory.prepare('SELECT sqlite_version()').pluck().get())
  memory.close()
  const processors = cpus()
  return {
    cores: processors.length,
    processor: processors[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    sqlite,
    loadBefore: Number((loadavg()[0] ?? Number.NaN).toFixed(2)),
  }
}

export function machineLine(machine: Machine): string {
  const { cores, processor, memoryGb, node, sqlite, loadBefore } = machine
  return `${cores} cores (${processor}), ${memoryGb} GB, Node ${node}, SQLite ${sqlite}, load before the run ${loadBefore}`
}
