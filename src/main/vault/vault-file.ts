import { constants } from 'node:fs'
import { lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { errorCode } from '../error-code.ts'
import { makeFolder } from '../data-dir/make-folder.ts'
import { assertOwnerOnly } from './owner-only.ts'
import { VaultError } from './vault.ts'
import { withoutVault } from './without-vault.ts'
import { formatSecrets, parseSecrets, type Secrets } from './vault-file-content.ts'
import { toVaultFileError } from './vault-file-error.ts'
import { takeVaultLock } from './vault-lock.ts'

const maxBytes = 16 * 1024 * 1024

/** The error of a file that was set up and is no longer there. */
export function missingVaultFile(file: string): VaultError {
  return new VaultError('lost', `The vault file ${file} is missing`, withoutVault)
}

async function syncFolder(folder: string): Promise<void> {
  // Windows cannot open a folder; NTFS logs the renaming by itself.
  if (process.platform === 'win32') return
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function read(file: string): Promise<Secrets | undefined> {
  assertOwnerOnly(dirname(file), 'folder', await lstat(dirname(file)))
  const found = await lstat(file).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return undefined
  assertOwnerOnly(file, 'file', found)
  // Opened without following or waiting, and looked at again: the path may have been replaced since.
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const opened = await handle.stat()
    assertOwnerOnly(file, 'file', opened)
    if (opened.size > maxBytes) throw new VaultError('damaged', `The vault file ${file} is too long`, 'restore it')
    return parseSecrets(await handle.readFile('utf8'), file)
  } finally {
    await handle.close()
  }
}

/** The secrets in the file as they are on the disk now, whichever process wrote them. Throws `VaultError`. */
export async function readVaultFile(file: string): Promise<Secrets> {
  try {
    const secrets = await read(file)
    if (secrets === undefined) throw missingVaultFile(file)
    return secrets
  } catch (error) {
    throw toVaultFileError(error, file)
  }
}

/** Takes the file away, whether it is there or not. */
export async function removeVaultFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true })
    await syncFolder(dirname(file)).catch((error: unknown) => {
      // Without a folder there is nothing to take away.
      if (errorCode(error) !== 'ENOENT') throw error
    })
  } catch (error) {
    throw toVaultFileError(error, file)
  }
}

/** Makes the folder, if need be, for its owner alone. An existing folder is left as it is. */
export async function makeVaultFolder(file: string): Promise<void> {
  const folder = dirname(file)
  try {
    makeFolder(dirname(folder))
    await mkdir(folder, { mode: 0o700 })
    await syncFolder(dirname(folder))
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw toVaultFileError(error, file)
  }
}

export interface ChangeOptions {
  readonly file: string
  /** Gets undefined when there is no file yet, and returns undefined to leave everything as it is. */
  readonly change: (secrets: Secrets | undefined) => Secrets | undefined
  readonly newToken: () => string
  readonly waitMs: number
  readonly staleMs: number
}

/**
 * Reads, changes and replaces the file such that no writer's change is lost and a crash leaves the old or the new file whole.
 *
 * A writer whose process was suspended may lose its lock to another and wake up later. It cannot undo what was written
 * meanwhile: its new file was there before it last saw its lock, each holder of the lock first removes
 * the new files of others, and a writer whose new file is gone begins again.
 */
export async function changeVaultFile(options: ChangeOptions): Promise<void> {
  const until = Date.now() + options.waitMs
  try {
    assertOwnerOnly(dirname(options.file), 'folder', await lstat(dirname(options.file)))
    while (!(await tryChange(options)))
      if (Date.now() > until)
        throw new VaultError('busy', `Other processes keep writing the vault file ${options.file}`, 'try again')
  } catch (error) {
    throw toVaultFileError(error, options.file)
  }
}

async function removeNewFiles(file: string): Promise<void> {
  const folder = dirname(file)
  const name = basename(file)
  for (const entry of await readdir(folder))
    if (entry.startsWith(`${name}.`) && entry.endsWith('.new')) await rm(join(folder, entry), { force: true })
}

async function tryChange({ file, change, newToken, waitMs, staleMs }: ChangeOptions): Promise<boolean> {
  const token = newToken()
  const newFile = `${file}.${token}.new`
  const lock = await takeVaultLock({ file: `${file}.lock`, token, waitMs, staleMs })
  let isLeft = false
  try {
    await removeNewFiles(file)
    const handle = await open(newFile, 'wx', 0o600)
    isLeft = true
    try {
      if (!(await lock.isHeld())) return false
      const after = change(await read(file))
      if (after === undefined) return true
      await handle.writeFile(formatSecrets(after))
      await handle.sync()
    } finally {
      await handle.close()
    }
    try {
      await rename(newFile, file)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return false
      throw error
    }
    isLeft = false
    await syncFolder(dirname(file))
    return true
  } finally {
    if (isLeft) await rm(newFile, { force: true })
    await lock.release()
  }
}
