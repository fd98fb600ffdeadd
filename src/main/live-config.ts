import { loadDirectoryConfig, type DirectoryConfig } from './directory/directory-config.ts'
import type { StoreReads } from './store/store-reads.ts'

/** How often another process's changes are looked for, in ms. */
const pollMs = 200

interface Parts {
  readonly reads: StoreReads
  /** Takes over the tokens that are in use now. Rejects with `VaultError`. */
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
  /** Whether another process has changed the configuration since, or what it has changed is still being taken over. */
  isStale(): boolean
  /** Takes over what has been configured by now; calls that come meanwhile share it. Rejects when the database cannot be read. */
  refresh(): Promise<void>
  /** Looks for changes from now on, five times a second; what it returns ends that. */
  watch(): () => void
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function createLiveConfig({ reads, refreshTokens, onChange, onTrouble }: Parts): LiveConfig {
  let config = loadDirectoryConfig(reads)
  let refreshing: Promise<void> | undefined
  let vaultTrouble: string | undefined
  let pollTrouble: string | undefined

  const isChanged = () => reads.settings.configVersion() !== config.version
  // The tokens follow the rest of the configuration, since the vault takes a moment.
  const isStale = () => refreshing !== undefined || isChanged()

  async function takeOver(): Promise<void> {
    const next = loadDirectoryConfig(reads)
    onChange()
    config = next
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

  function refresh(): Promise<void> {
    // What has changed since it began is not in what is being taken over.
    if (refreshing !== undefined && isChanged()) return refreshing.then(refresh)
    refreshing ??= takeOver().finally(() => {
      refreshing = undefined
    })
    return refreshing
  }

  return {
    current: () => config,
    isStale,
    refresh,
    watch() {
      let seen = reads.settings.dataVersion()

      /** A database that cannot be read for a moment, as on a full disk, must not end a server that answers again afterwards. */
      async function lookForChanges(): Promise<void> {
        try {
          const version = reads.settings.dataVersion()
          if (version !== seen || vaultTrouble !== undefined || pollTrouble !== undefined) {
            if (isChanged() || vaultTrouble !== undefined) await refresh()
            seen = version
          }
          pollTrouble = undefined
        } catch (error) {
          const trouble = messageOf(error)
          if (trouble !== pollTrouble)
            onTrouble(`The configuration cannot be read, the last one stays in force: ${trouble}`)
          pollTrouble = trouble
        }
      }

      const poll = setInterval(() => void lookForChanges(), pollMs)
      return () => clearInterval(poll)
    },
  }
}
