import { constants, copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { takeRestoreLock } from '../data-dir/data-dir-lock.ts'
import { assertAlone } from '../store/file/assert-alone.ts'
import { databaseFileName, journalFileName } from '../store/file/database-file-names.ts'
import { StoreError, toStoreError } from '../store/store-error.ts'
import { vaultFileOf } from '../vault/open-vault.ts'
import { adaptCopy, carryOver } from '../store/file/database-copy.ts'
import { integrationNumbersMeet } from '../store/file/integration-numbers.ts'
import { foldLog } from '../store/file/fold-log.ts'
import { copyInPieces } from './copy-in-pieces.ts'
import { syncToDisk } from '../store/file/sync-to-disk.ts'
import { readVaultSettings, type VaultSettings } from '../store/configuration/vault-settings.ts'

/** The vault stays that of the data directory, since a backup holds no secrets. */
function vaultAfter(dataDir: string, backup: string): VaultSettings {
  const here = readVaultSettings(join(dataDir, databaseFileName))
  if (here?.id !== undefined) return here
  const there = readVaultSettings(backup)
  if (existsSync(vaultFileOf(dataDir))) return { kind: 'file', id: there?.id }
  // A file vault that is not here would be reported as lost; the kind is settled anew at the next use.
  return { kind: there?.kind === 'keychain' ? 'keychain' : undefined, id: there?.id }
}

function keepFile(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // A file system without hard links.
    copyFileSync(from, to, constants.COPYFILE_EXCL)
  }
}

/** Puts the present database aside, complete also when it is damaged. Returns where it is, or undefined when there is none. */
function putAside(file: string, stamp: string): string | undefined {
  if (!existsSync(file)) return undefined
  const kept = `${file}.before-restore-${stamp}`
  foldLog(file)
  keepFile(file, kept)
  // A log that could not be folded belongs to the kept database, and must not be taken for that of the restored one.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`)
  rmSync(`${file}-shm`, { force: true })
  return kept
}

/** Puts the request log aside, with what stands beside it. Returns where it is, or undefined when there is none. */
function putLogAside(file: string, stamp: string): string | undefined {
  if (!existsSync(file)) return undefined
  const kept = `${file}.before-restore-${stamp}`
  // First, since without it the log would lack its last moments.
  if (existsSync(`${file}-wal`)) renameSync(`${file}-wal`, `${kept}-wal`)
  renameSync(file, kept)
  rmSync(`${file}-shm`, { force: true })
  return kept
}

function removeCopy(copy: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${copy}${end}`, { force: true })
}

/** Throws `StoreError` when somebody works with the database; what is damaged is to be replaced, and nobody can work with it. */
export function requireAlone(dataDir: string): void {
  const file = join(dataDir, databaseFileName)
  if (!existsSync(file)) return
  try {
    assertAlone(file)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'damaged') throw error
  }
}

export type RestoreStep = 'copy' | 'adapt' | 'put aside'

export interface Restored {
  /** Where the database is that was replaced; undefined where there was none. */
  readonly kept: string | undefined
  /** Where the request log is, if it had to go: it knows integrations by numbers that are those of others in the backup. */
  readonly keptLog: string | undefined
}

export interface Restoration {
  readonly dataDir: string
  readonly file: string
  /** Ms since the epoch. */
  readonly now: number
  /** Each of these may take minutes. */
  readonly onStep?: (step: RestoreStep) => void
  /** Called time and again while the data are untouched; what it throws ends the restoration, and the copy is removed. */
  readonly mayGoOn?: () => void
}

/**
 * Puts an examined backup in the place of the database, which stays beside it. Until the last step, a renaming, the old database is in place.
 * Nobody begins to work with it meanwhile. Throws `StoreError` when somebody does already, or when the disk does not take it.
 */
export function restoreBackup(input: Restoration): Restored {
  const lock = takeRestoreLock(input.dataDir, () => input.now)
  try {
    requireAlone(input.dataDir)
    return replace(input)
  } finally {
    lock.release()
  }
}

function replace(input: Restoration): Restored {
  const { dataDir, onStep = () => undefined, mayGoOn = () => undefined } = input
  const target = join(dataDir, databaseFileName)
  const copy = `${target}.restoring`
  try {
    const vault = vaultAfter(dataDir, input.file)
    removeCopy(copy)
    onStep('copy')
    copyInPieces(input.file, copy, mayGoOn)
    onStep('adapt')
    adaptCopy(copy, vault)
    mayGoOn()
    if (existsSync(target)) carryOver(copy, target)
    const isOfOthers = existsSync(target) && integrationNumbersMeet(copy, target)
    mayGoOn()
    onStep('put aside')
    const stamp = new Date(input.now).toISOString().replaceAll(/[:.]/g, '-')
    const kept = putAside(target, stamp)
    const keptLog = isOfOthers ? putLogAside(join(dataDir, journalFileName), stamp) : undefined
    renameSync(copy, target)
    syncToDisk(dataDir)
    return { kept, keptLog }
  } catch (error) {
    throw toStoreError(error, target) ?? error
  } finally {
    removeCopy(copy)
  }
}
