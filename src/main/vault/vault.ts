export type VaultKind = 'keychain' | 'file'

/**
 * Where secrets live. The database keeps the list of names; the vault only answers for a name.
 * Every method throws `VaultError`, with one line for a person, when the vault cannot be used: it never answers
 * `undefined` because it is locked.
 */
export interface Vault {
  readonly kind: VaultKind
  /** The secret, or undefined when there surely is none of that name. */
  get(name: string): Promise<string | undefined>
  /**
   * Stores or replaces a secret. After an error of code `silent` it is unknown whether the keychain took the value:
   * a caller that cannot bear this stores under a new name.
   */
  set(name: string, value: string): Promise<void>
  /** Removes a secret; one that is not there is no error. */
  delete(name: string): Promise<void>
  /** Throws when the vault is not usable: locked, lost, damaged, open to others. */
  check(): Promise<void>
}

/** A vault that can also be made ready for its first use. */
export interface NewVault extends Vault {
  /** Proves that the vault can be written and read, and leaves the mark that tells an empty vault from a lost one. */
  prepare(): Promise<void>
  /** Removes these secrets and the mark: the vault is in use no more. What is not there is no error. */
  dissolve(names: readonly string[]): Promise<void>
}

/**
 * - `unavailable`: no keychain library, no session bus, no service
 * - `locked`: the keychain is locked
 * - `silent`: the keychain did not answer in time
 * - `lost`: the vault is usable, but it is not the one that was set up
 * - `exposed`: somebody else can read or replace the file
 * - `damaged`: the file cannot be understood
 * - `busy`: another process holds the file
 * - `contradiction`: the kind asked for is not the kind in use
 * - `unsuitable`: the value cannot be stored
 * - `failed`: anything else that the keychain or the file system said
 */
export type VaultErrorCode =
  | 'unavailable'
  | 'locked'
  | 'silent'
  | 'lost'
  | 'exposed'
  | 'damaged'
  | 'busy'
  | 'contradiction'
  | 'unsuitable'
  | 'failed'

/** A vault that cannot be used. The message is one line: the reason, and what to do. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  readonly code: VaultErrorCode
  /** What is wrong, without the advice. */
  readonly reason: string

  constructor(code: VaultErrorCode, reason: string, advice: string, cause?: unknown) {
    super(`${reason}: ${advice}.`, cause === undefined ? undefined : { cause })
    this.code = code
    this.reason = reason
  }
}
