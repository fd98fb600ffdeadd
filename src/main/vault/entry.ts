import { VaultError } from './vault.ts'

/** Throws on a name that a keychain or a file could mistake for another. Names are ours, so a bad one is a bug. */
export function assertName(name: string): void {
  if (!/^[a-z0-9][a-z0-9._:/-]{0,199}$/i.test(name)) throw new TypeError(`Not a name of a secret: ${name.slice(0, 50)}`)
}

/** Throws `VaultError` on a value that would not come back as it was: keytar refuses an empty one, cuts at a NUL and mangles lone surrogates. */
export function assertValue(value: string): void {
  if (value === '') throw new VaultError('unsuitable', 'An empty secret cannot be stored', 'enter a value')
  if (value.includes('\0') || !value.isWellFormed())
    throw new VaultError('unsuitable', 'The secret holds characters that cannot be stored', 'enter it again as text')
}
