import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Administer } from './administration/administer.ts'
import { Refusal } from './administration/refusal.ts'
import type { StoreReads } from './store/store-reads.ts'
import type { Keytar } from './vault/keytar.ts'
import { createLiveVault, type CurrentVault, type SecretLedger } from './vault/live-vault.ts'
import { leave, moveVault, type MovedVault, type MoveLedger } from './vault/move-vault.ts'
import { createVault, openVault, type OpenVaultOptions } from './vault/open-vault.ts'
import { VaultError, type VaultKind } from './vault/vault.ts'
import { takeVaultLock, type VaultLock } from './vault/vault-lock.ts'

interface Parts {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly administer: Administer
  /** What `--vault` says. */
  readonly chosen: VaultKind | undefined
  readonly loadKeytar?: (() => Promise<Keytar>) | undefined
}

/** How a test of the vault went: how long it took to write, read and remove a secret, in ms. */
export interface VaultTest {
  readonly kind: VaultKind
  readonly tookMs: number
}

/** The vault of a data directory, and what the admin does with it. */
export interface VaultService {
  /** Opens the vault in force on first use and remembers its kind. Rejects with `VaultError`. */
  readonly current: CurrentVault
  /** Ms since the epoch; undefined for a vault that is older than this was remembered. */
  since(): number | undefined
  /** How many secrets it holds. */
  size(): number
  /** Writes, reads and removes a secret. Rejects with `VaultError`. */
  test(): Promise<VaultTest>
  /** Moves all secrets. Rejects with `VaultError` or `Refusal`, having changed nothing. */
  move(to: VaultKind): Promise<MovedVault>
  /** Takes away what an interrupted move has left; does nothing while another process is moving. Resolves to why that failed. Never rejects. */
  tidy(): Promise<string | undefined>
}

/** A move that takes longer was interrupted, in ms. */
const staleMoveMs = 10 * 60_000

function isKind(text: string | undefined): text is VaultKind {
  return text === 'keychain' || text === 'file'
}

export function createVaultService({ dataDir, reads, administer, chosen, loadKeytar }: Parts): VaultService {
  const { settings, secretNames } = reads
  const kind = () => {
    const text = settings.get('vault_kind')
    return isKind(text) ? text : undefined
  }
  const options = (): OpenVaultOptions => ({
    dataDir,
    vaultId: settings.get('vault_id') ?? '',
    ...(loadKeytar ? { loadKeytar } : {}),
  })

  const ledger: SecretLedger = {
    kind,
    note: async (name, into) => (await administer('note-secret', { name, kind: into })).isInForce,
    forget: (name) => administer('forget-secret', { name }),
  }
  let isFirst = true
  const current = createLiveVault({
    ledger,
    async open() {
      const remembered = kind()
      // What was chosen at the start holds for that; afterwards the vault may have been moved.
      const result = await openVault({ ...options(), chosen: isFirst ? chosen : undefined, remembered })
      isFirst = false
      if (remembered === undefined) await administer('settle-vault', { kind: result.kind })
      return result
    },
  })
  const moveLedger: MoveLedger = {
    names: secretNames.names,
    newest: secretNames.newest,
    begin: (to) => administer('begin-vault-move', { to }),
    switchTo: async (to, newest) => (await administer('switch-vault', { to, newest })).isDone,
    left: () => administer('vault-left', undefined),
  }

  function lock(): Promise<VaultLock> {
    return takeVaultLock({
      file: join(dataDir, 'vault-move.lock'),
      token: randomUUID(),
      waitMs: 0,
      staleMs: staleMoveMs,
    })
  }

  /** Undefined while another process is moving. */
  async function lockIfFree(): Promise<VaultLock | undefined> {
    try {
      return await lock()
    } catch (error) {
      if (error instanceof VaultError && error.code === 'busy') return undefined
      throw error
    }
  }

  /** Resolves to why a vault that was left is not empty yet. */
  async function tidyLocked(): Promise<string | undefined> {
    const [moving, leaving] = [settings.get('vault_moving'), settings.get('vault_leaving')]
    const problems: string[] = []
    for (const left of new Set([moving, leaving])) {
      if (!isKind(left) || left === kind()) continue
      const problem = await leave(createVault(left, options()), moveLedger)
      if (problem !== undefined) problems.push(problem)
    }
    return problems[0]
  }

  return {
    current,
    since: () => Number(settings.get('vault_since') || 0) || undefined,
    size: () => secretNames.names().length,
    async test() {
      const { vault } = await current()
      const begin = performance.now()
      await vault.check()
      const [name, value] = [`test:${randomUUID()}`, randomUUID()]
      await vault.set(name, value)
      let back: string | undefined
      try {
        back = await vault.get(name)
      } finally {
        await vault.delete(name)
      }
      if (back !== value)
        throw new VaultError('failed', 'The vault does not give back what is put into it', 'see that it is unlocked')
      return { kind: vault.kind, tookMs: performance.now() - begin }
    },
    async move(to) {
      const { vault } = await current()
      const from = vault.kind
      if (from === to) throw new Refusal(`The secrets are in the ${to} already.`)
      const held = await lock()
      try {
        return await moveVault({
          from: createVault(from, options()),
          to: createVault(to, options()),
          ledger: moveLedger,
        })
      } finally {
        await held.release()
      }
    },
    async tidy() {
      try {
        if (!settings.get('vault_moving') && !settings.get('vault_leaving')) return undefined
        const held = await lockIfFree()
        try {
          return held && (await tidyLocked())
        } finally {
          await held?.release()
        }
      } catch (error) {
        return error instanceof Error ? error.message : String(error)
      }
    },
  }
}
