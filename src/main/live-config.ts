import { loadDirectoryConfig, type DirectoryConfig } from './directory/directory-config.ts'
import type { StoreReads } from './store/store-reads.ts'

/** How often another process's changes are looked for, in ms. */
const pollMs = 200

interface Parts {
  readonly reads: StoreReads
  /** Takes over what is configured about the tokens that are known. */
  readonly followTokens: () => void
  /** The same, with the new ones, which are in the vault. Rejects with `VaultError`. */
  readonly refreshTokens: () => Promise<void>
  /** A newer configuration has been read and is about to be in force. */
  readonly onChange: () => void
  /** One line for the operator. */
  readonly onTrouble: (message: string) => void
}

/** The configuration that requests are answered by, kept up with what other processes change. */
export interface LiveConfig {
  /** The configuration in force. */
  current(): DirectoryConfig
  /** Whether the configuration has changed since, or new tokens are still being read. */
  isStale(): boolean
  /**
   * Takes over what has been configured by now: before it returns all but new tokens, for which it waits. Calls that come meanwhile share it.
   * Rejects when the database cannot be read.
   */
  refresh(): Promise<void>
  /** Takes over what this process has just configured, except that new tokens may come a moment later. Never throws. */
  follow(): void
  /** Looks for changes from now on, five times a second; what it returns ends that. */
  watch(): () => void
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function createLiveConfig({ reads, followTokens, refreshTokens, onChange, onTrouble }: Parts): LiveConfig {
  let config = loadDirectoryConfig(reads)
  /** The configuration whose new tokens have been read. */
  let tokensVersion = config.version
  let reading: { readonly version: number; readonly done: Promise<void> } | undefined
  let vaultTrouble: string | undefined
  let pollTrouble: string | undefined

  const isChanged = () => reads.settings.configVersion() !== config.version
  const isStale = () => isChanged() || tokensVersion !== config.version

  /** Needs no vault: what is switched off or void stops, even while the keychain hangs. */
  function takeOver(): void {
    const next = loadDirectoryConfig(reads)
    onChange()
    config = next
    followTokens()
  }

  async function readTokens(): Promise<void> {
    try {
      await refreshTokens()
      vaultTrouble = undefined
    } catch (error) {
      // Tokens that are known already go on working; the vault is asked again until it answers, and its trouble is told once.
      const trouble = messageOf(error)
      if (trouble !== vaultTrouble) onTrouble(trouble)
      vaultTrouble = trouble
    }
  }

  async function refresh(): Promise<void> {
    if (isChanged()) takeOver()
    // What has changed since it began is not in what is being read.
    if (reading !== undefined) return reading.version === config.version ? reading.done : reading.done.then(refresh)
    const { version } = config
    const done = readTokens().finally(() => {
      reading = undefined
      tokensVersion = version
    })
    reading = { version, done }
    return done
  }

  /** A database that cannot be read for a moment, as on a full disk, must not end a server that answers again afterwards. */
  function tellUnread(error: unknown): void {
    const trouble = messageOf(error)
    if (trouble !== pollTrouble) onTrouble(`The configuration cannot be read, the last one stays in force: ${trouble}`)
    pollTrouble = trouble
  }

  async function follow(): Promise<void> {
    try {
      if (isChanged()) await refresh()
    } catch (error) {
      tellUnread(error)
    }
  }

  return {
    current: () => config,
    isStale,
    refresh,
    follow: () => void follow(),
    watch() {
      let seen = reads.settings.dataVersion()

      async function lookForChanges(): Promise<void> {
        try {
          const version = reads.settings.dataVersion()
          if (version !== seen || vaultTrouble !== undefined || pollTrouble !== undefined) {
            if (isChanged() || vaultTrouble !== undefined) await refresh()
            seen = version
          }
          pollTrouble = undefined
        } catch (error) {
          tellUnread(error)
        }
      }

      const poll = setInterval(() => void lookForChanges(), pollMs)
      return () => clearInterval(poll)
    },
  }
}
