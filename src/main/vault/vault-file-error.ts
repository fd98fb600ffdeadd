import { errorCode } from '../error-code.ts'
import { VaultError } from './vault.ts'
import { withoutVault } from './without-vault.ts'

/** Turns what the file system threw into one clear line. */
export function toVaultFileError(error: unknown, file: string): VaultError {
  if (error instanceof VaultError) return error
  const code = errorCode(error) ?? 'unknown'
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new VaultError('lost', `The folder of the vault file ${file} is missing`, withoutVault, error)
    case 'ELOOP':
      return new VaultError('exposed', `The vault file ${file} is a symbolic link`, 'put the real file there', error)
    case 'EACCES':
    case 'EPERM':
      return new VaultError(
        'failed',
        `The vault file ${file} cannot be read or written by this user`,
        'run Rollcall as the owner of the file and its folder',
        error,
      )
    case 'EROFS':
      return new VaultError('failed', `The vault file ${file} is on a read-only disk`, 'make it writable', error)
    case 'ENOSPC':
    case 'EDQUOT':
      return new VaultError(
        'failed',
        `The disk that holds the vault file ${file} is full`,
        'free some space and try again; nothing was changed',
        error,
      )
    default:
      return new VaultError('failed', `The vault file ${file} cannot be used (${code})`, 'check its disk', error)
  }
}
