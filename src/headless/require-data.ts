import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Refusal } from '../main/administration/refusal.ts'
import { errorCode } from '../main/error-code.ts'
import { noDataIn } from '../main/data-dir/no-data.ts'
import { databaseFileName, journalFileName } from '../main/store/file/database-file-names.ts'
import { isThere } from '../main/store/file/is-there.ts'

/** The commands that make a data directory where there is none: each brings something that is to be kept. */
const beginning: ReadonlySet<string> = new Set([
  'serve',
  'restore',
  'integrations create',
  'directories create',
  'attributes add',
  'users import',
  'settings set',
  'console password',
  'vault move',
  'notify smtp set',
  'notify recipients add',
  'notify webhooks add',
])

/** Those that need none, and the one whose report says so itself. */
const withoutData: ReadonlySet<string> = new Set(['simulate', 'check', 'doctor'])

/** The words of a command behind `rollcall`. */
function wordsOf(command: Command): string {
  const words = []
  for (let each = command; each.parent; each = each.parent) words.unshift(each.name())
  return words.join(' ')
}

/** Nothing at all, a file, or a folder of other things. What cannot be looked into is told by whoever opens it. */
function isWithoutData(dataDir: string): boolean {
  if ([databaseFileName, journalFileName].some((name) => isThere(join(dataDir, name)))) return false
  try {
    return readdirSync(dataDir).length > 0
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')
  }
}

/**
 * Keeps a command from making a data directory by the way, where `--data-dir` is mistyped. A folder that is there and empty is a data
 * directory before its first use. Throws `Refusal`, and `StoreError` for a folder that this user may not look into.
 */
export function requireData(command: Command, dataDir: string): void {
  const words = wordsOf(command)
  if (beginning.has(words) || withoutData.has(words)) return
  if (isWithoutData(dataDir)) throw new Refusal(noDataIn(dataDir))
}
