import { VaultError } from './vault.ts'
import { withoutVault } from './without-vault.ts'

export type Secrets = ReadonlyMap<string, string>

function damaged(file: string): VaultError {
  // No cause: the message of JSON.parse quotes the text around the fault, which is a secret.
  return new VaultError('damaged', `The vault file ${file} is damaged`, withoutVault)
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw damaged(file)
  }
}

function property(holder: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(holder, name)?.value
}

/** Reads what `formatSecrets` wrote; throws `VaultError` on anything else. */
export function parseSecrets(text: string, file: string): Secrets {
  const content = parseJson(text, file)
  if (typeof content !== 'object' || content === null) throw damaged(file)
  const version = property(content, 'version')
  if (typeof version === 'number' && version > 1)
    throw new VaultError(
      'damaged',
      `The vault file ${file} was written by a newer version of Rollcall`,
      'install that version; nothing was changed',
    )
  const secrets = property(content, 'secrets')
  if (version !== 1 || typeof secrets !== 'object' || secrets === null || Array.isArray(secrets)) throw damaged(file)
  const entries = new Map<string, string>()
  for (const [name, value] of Object.entries(secrets)) {
    if (typeof value !== 'string') throw damaged(file)
    entries.set(name, value)
  }
  return entries
}

/** The text of a vault file, which `parseSecrets` reads. It holds the secrets themselves. */
export function formatSecrets(secrets: Secrets): string {
  return `${JSON.stringify({ version: 1, secrets: Object.fromEntries(secrets) }, undefined, 2)}\n`
}
