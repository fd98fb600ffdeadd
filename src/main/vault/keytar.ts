import { isMainThread } from 'node:worker_threads'
import { VaultError } from './vault.ts'

/**
 * The three calls of keytar that are used. `findCredentials` ends the process on a locked keychain
 * (atom/node-keytar#477) and `findPassword` shares its code, so neither is here.
 */
export interface Keytar {
  /** Null both for an item that is absent and for a keychain that is locked. */
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, password: string): Promise<void>
  /** False both for an item that is absent and for a keychain that is locked. */
  deletePassword(service: string, account: string): Promise<boolean>
}

/** Loads the native module, which throws where libsecret is not installed. */
export async function loadKeytar(): Promise<Keytar> {
  // Ending a worker that waits for keytar aborts the whole process.
  if (!isMainThread) throw new Error('The keychain is used on the main thread only.')
  try {
    const { default: keytar } = await import('keytar')
    return keytar
  } catch (error) {
    throw new VaultError(
      'unavailable',
      'The keychain library cannot be loaded',
      process.platform === 'linux' ? 'install libsecret (Debian and Ubuntu: libsecret-1-0)' : 'install Rollcall again',
      error,
    )
  }
}
