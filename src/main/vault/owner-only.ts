import type { Stats } from 'node:fs'
import { VaultError } from './vault.ts'

/**
 * Throws `VaultError` unless the file or folder belongs to the user of this process and nobody else may touch it.
 * Windows has neither owner numbers nor mode bits here; there the user's profile folder protects it.
 */
export function assertOwnerOnly(path: string, kind: 'file' | 'folder', found: Stats): void {
  const isExpected = kind === 'file' ? found.isFile() : found.isDirectory()
  if (!isExpected)
    throw new VaultError(
      'exposed',
      `${path} is ${found.isSymbolicLink() ? 'a symbolic link' : 'something else'} where the vault's ${kind} should be`,
      `put the real ${kind} there`,
    )
  const user = process.getuid?.()
  if (user === undefined) return
  if (found.uid !== user)
    throw new VaultError(
      'exposed',
      `The vault ${kind} ${path} belongs to another user (uid ${found.uid})`,
      `run Rollcall as that user, or give the ${kind} to this one (uid ${user})`,
    )
  const mode = found.mode & 0o777
  if ((mode & 0o077) !== 0)
    throw new VaultError(
      'exposed',
      `The vault ${kind} ${path} is open to other users (mode 0${mode.toString(8)})`,
      `run chmod ${kind === 'file' ? '600' : '700'} ${path} and renew what they may have read`,
    )
}
