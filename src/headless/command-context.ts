import type { Command } from 'commander'
import type { ThreadUrls } from '../main/thread-urls.ts'
import type { VaultKind } from '../main/vault/vault.ts'
import type { Output } from './terminal/output.ts'

/** What every command is given: the options that all share, and how to speak. */
export interface CommandContext {
  readonly dataDir: string
  /** The directory that a command works on; `main` unless another is named. */
  readonly directory: string
  readonly vault: VaultKind | undefined
  readonly json: boolean
  readonly threads: ThreadUrls
  /** Where the built page of the console is. */
  readonly rendererDir: string
  /** Ms since the epoch. */
  readonly now: () => number
  readonly stdout: Output
  /** Whether a person can be asked: both ends are a terminal. */
  readonly canAsk: boolean
  /** Whether stderr is a terminal, on which progress is drawn over itself. */
  readonly showsProgress: boolean
  /** One JSON line on stdout. */
  print(value: unknown): void
  /** A line for a person on stdout. */
  say(line: string): void
  /** A line on stderr; it may quote what others wrote. */
  warn(line: string): void
}

/** Finds out the context of a command that commander has parsed. */
export type ContextOf = (command: Command) => CommandContext
