import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { seedPeople } from '../../src/main/conversion/people.fixture.ts'
import type { Rollcall } from '../servers/rollcall.ts'
import { readKept, type KeptDirectory } from './kept-directory.ts'
import { storeFormatOf } from './store-format.ts'

/** A data directory of generated people with short user IDs. */
export type PeopleDirectory = KeptDirectory

/** Raised when the generated people change. */
const SEED_VERSION = 1
export const PEOPLE_SEED = 20
const TELL_EVERY = 100_000

/**
 * Returns a directory of so many generated people from `cache`, writing it straight into the store when it is not there: over SCIM it would
 * take many times as long, and be no different.
 */
export async function peopleDirectory(cache: string, rollcall: Rollcall, users: number): Promise<PeopleDirectory> {
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  const work = mkdtempSync(join(cache, 'seeding-'))
  try {
    const credentials = await rollcall.createIntegration(join(work, 'data'))
    const kept = join(cache, `people-v${SEED_VERSION}-${storeFormatOf(join(work, 'data'))}-${users}`)
    if (!existsSync(kept)) {
      console.error(`writing a directory of ${users.toLocaleString('en')} people (kept for the next run)`)
      const ids = seedPeople(join(work, 'data'), users, PEOPLE_SEED, (done) => {
        if (done % TELL_EVERY === 0) console.error(`  ${done.toLocaleString('en')} people`)
      })
      writeFileSync(join(work, 'seeded.json'), JSON.stringify({ credentials }))
      writeFileSync(join(work, 'ids.txt'), ids.join('\n'))
      renameSync(work, kept)
    }
    return readKept(kept).directory
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
