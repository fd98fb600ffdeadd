import type { ThreadUrls } from '../main/engine.ts'
import type { VaultKind } from '../main/vault/vault.ts'

/** What every command is given: the options that all share, and how to speak. */
export interface CommandContext {
  readonly dataDir: string
  readonly vault: VaultKind | undefined
  readonly json: boolean
  readonly threads: ThreadUrls
  /** One JSON line on stdout. */
  print(value: unknown): void
  /** A line for a person on stdout. */
  say(line: string): void
  /** A line on stderr. */
  warn(line: string): void
}
