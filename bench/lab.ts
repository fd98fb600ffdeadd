import { mkdtempSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Newcomers } from './load/newcomers.ts'
import type { AnnouncedServer } from './servers/announced-server.ts'
import type { Commands } from './servers/commands.ts'
import type { BenchSwitches, Rollcall, RollcallServer } from './servers/rollcall.ts'
import { copyDirectory } from './directories/copy-directory.ts'
import { peopleDirectory, type PeopleDirectory } from './directories/people-directory.ts'
import { seededDirectory, type SeededDirectory } from './directories/seeded-directory.ts'
import type { Scale } from './scale.ts'

/** A seeded directory's copy that this run may change. */
export interface WorkingCopy<Seeded extends PeopleDirectory = SeededDirectory> {
  readonly seeded: Seeded
  readonly dataDirectory: string
}

/** Everything a goal needs to measure: directories, servers, sizes. */
export interface Lab {
  readonly scale: Scale
  readonly newcomers: Newcomers
  /** The run's own folder, on the disk that holds the measured data. */
  readonly folder: string
  /** A copy of a directory of so many users; goals that ask for the same `purpose` share it. */
  copyOf(users: number, purpose?: string, groupSizes?: readonly number[]): Promise<WorkingCopy>
  /** A copy of a directory of so many people with short user IDs, for one goal. */
  peopleOf(users: number): Promise<WorkingCopy<PeopleDirectory>>
  /** The command line on a copy. */
  commands(copy: WorkingCopy<PeopleDirectory>): Commands
  serve(copy: WorkingCopy<PeopleDirectory>, switches?: BenchSwitches): Promise<RollcallServer>
  close(): void
}

export function createLab(options: {
  readonly scale: Scale
  readonly rollcall: Rollcall
  readonly cache: string
  readonly newcomers: Newcomers
}): Lab {
  const { scale, rollcall, cache, newcomers } = options
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const folder = mkdtempSync(join(cache, 'run-'))
  const seeded = new Map<string, SeededDirectory>()
  const copies = new Map<string, WorkingCopy>()

  async function seededOf(users: number, groupSizes: readonly number[]): Promise<SeededDirectory> {
    const key = [users, ...groupSizes].join('-')
    const known = seeded.get(key) ?? (await seededDirectory(cache, rollcall, { users, groupSizes }))
    seeded.set(key, known)
    return known
  }

  return {
    scale,
    newcomers,
    folder,
    async copyOf(users, purpose = 'main', groupSizes = []) {
      const key = [users, purpose, ...groupSizes].join('-')
      const known = copies.get(key)
      if (known) return known
      const source = await seededOf(users, groupSizes)
      const copy = { seeded: source, dataDirectory: join(folder, key) }
      copyDirectory(source.dataDirectory, copy.dataDirectory)
      copies.set(key, copy)
      return copy
    },
    async peopleOf(users) {
      const source = await peopleDirectory(cache, rollcall, users)
      const copy = { seeded: source, dataDirectory: join(folder, `people-${users}`) }
      copyDirectory(source.dataDirectory, copy.dataDirectory)
      return copy
    },
    commands: (copy) => rollcall.commands(copy.dataDirectory),
    serve: (copy, switches) => rollcall.serve(copy.dataDirectory, copy.seeded.credentials, switches),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Runs `measure` and stops the servers after it, whatever comes of it. */
export async function withServers<Result>(
  servers: readonly AnnouncedServer[],
  measure: () => Promise<Result>,
): Promise<Result> {
  try {
    return await measure()
  } finally {
    for (const server of servers) await server.stop()
  }
}
