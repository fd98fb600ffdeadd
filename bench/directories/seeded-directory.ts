import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { listOf, memberOf } from '../load/answer-body.ts'
import type { Credentials, Rollcall } from '../servers/rollcall.ts'
import type { GroupOfSize } from '../workloads/change-membership.ts'
import { readKept, type KeptDirectory } from './kept-directory.ts'
import { seedGroups } from './seed-groups.ts'
import { seedUsers } from './seed-users.ts'
import { storeFormatOf } from './store-format.ts'

/** A data directory full of people and groups. */
export interface SeededDirectory extends KeptDirectory {
  readonly groups: readonly GroupOfSize[]
  /** Ids of people outside every group. */
  readonly spares: readonly string[]
}

export interface Content {
  readonly users: number
  readonly groupSizes: readonly number[]
}

/** Raised when the seeded people or groups change: a directory kept from before is then not used again. */
const SEED_VERSION = 1
const SPARES = 64

/** Returns a directory of that content from `cache`, seeding it over HTTP when it is not there in the present store format. */
export async function seededDirectory(cache: string, rollcall: Rollcall, content: Content): Promise<SeededDirectory> {
  mkdirSync(cache, { recursive: true, mode: 0o700 }) // a kept directory holds the token of its integration
  const work = mkdtempSync(join(cache, 'seeding-'))
  try {
    const credentials = await rollcall.createIntegration(join(work, 'data'))
    const format = storeFormatOf(join(work, 'data'))
    const kept = join(cache, [`v${SEED_VERSION}`, format, content.users, ...content.groupSizes].join('-'))
    if (!existsSync(kept)) {
      await fill(work, rollcall, credentials, content)
      renameSync(work, kept)
    }
    return readSeeded(kept)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

async function fill(work: string, rollcall: Rollcall, credentials: Credentials, content: Content): Promise<void> {
  console.error(`seeding a directory of ${content.users.toLocaleString('en')} users (kept for the next run)`)
  // The journal of the seeding would only fill the disk: every measured server writes its own.
  const server = await rollcall.serve(join(work, 'data'), credentials, { journal: 'off' })
  try {
    const withSpares = content.groupSizes.length > 0 ? content.users + SPARES : content.users
    const all = await seedUsers(server.target, 1, withSpares)
    const groups = await seedGroups(server.target, content.groupSizes, all)
    const kept = { credentials, groups, spares: all.slice(content.users) }
    writeFileSync(join(work, 'ids.txt'), all.slice(0, content.users).join('\n'))
    writeFileSync(join(work, 'seeded.json'), JSON.stringify(kept), { mode: 0o600 })
  } finally {
    await server.stop()
  }
}

function readSeeded(kept: string): SeededDirectory {
  const { directory, seeded } = readKept(kept)
  return {
    ...directory,
    groups: listOf(seeded, 'groups').map((group) => ({
      id: String(memberOf(group, 'id')),
      size: Number(memberOf(group, 'size')),
    })),
    spares: listOf(seeded, 'spares').map(String),
  }
}
