import { createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { Administer } from '../administration/administer.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { Vault } from '../vault/vault.ts'

const secretName = 'console-password'
const settingName = 'console_password_at'

/** About 32 MiB and a tenth of a second for each attempt (OWASP's choice of scrypt parameters for N = 2^15). */
const cost = { N: 32_768, r: 8, p: 3 } as const
const keyLength = 32

/** The password of the console: its scrypt hash is in the vault, and that there is one in the database. */
export interface ConsolePassword {
  /** When it was set, in ms since the epoch; undefined when there is none. */
  setAt(): number | undefined
  /** Rejects with `VaultError`. */
  set(password: string): Promise<number>
  remove(): Promise<void>
  /** Whether this is the password; one attempt is looked at after the other. Rejects with `VaultError`. */
  check(password: string): Promise<boolean>
  /** What signs the cookies of known browsers; another for each password, and none without one. Rejects with `VaultError`. */
  browserKey(): Promise<Buffer | undefined>
  /** The same, where the vault need not be asked; otherwise that begins, for whoever comes next. */
  browserKeyAtHand(): Buffer | undefined
}

interface Parts {
  readonly administer: Administer
  readonly reads: StoreReads
  readonly vault: () => Promise<Vault>
  readonly clock: () => number
}

type Cost = { readonly N: number; readonly r: number; readonly p: number }

function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyLength, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

/** `scrypt$N$r$p$salt$hash`, so that the cost can be raised later. */
async function hashed(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password, salt, cost)
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

async function matches(password: string, stored: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', hash = ''] = stored.split('$')
  if (kind !== 'scrypt') return false
  const expected = Buffer.from(hash, 'base64url')
  const key = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) })
  return key.length === expected.length && timingSafeEqual(key, expected)
}

/** From what only the vault knows: salt and hash are random to everybody else. */
function browserKeyOf(stored: string): Buffer {
  return createHmac('sha256', stored).update('known browsers').digest()
}

export function createConsolePassword({ administer, reads, vault, clock }: Parts): ConsolePassword {
  let queue: Promise<unknown> = Promise.resolve()
  let atHand: { readonly setAt: number; readonly key: Buffer } | undefined

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = queue.then(work)
    queue = done.catch(() => undefined)
    return done
  }

  const setAt = () => Number(reads.settings.get(settingName) || 0) || undefined

  /** Another process may have set another: then its date is another too, which is written last. */
  function keyAtHand(): Buffer | undefined {
    return atHand?.setAt === setAt() ? atHand?.key : undefined
  }

  /** What the vault holds. */
  async function read(): Promise<string | undefined> {
    const since = setAt()
    const stored = await (await vault()).get(secretName)
    if (stored !== undefined && since !== undefined) atHand = { setAt: since, key: browserKeyOf(stored) }
    return stored
  }

  async function browserKey(): Promise<Buffer | undefined> {
    if (setAt() === undefined) return undefined
    if (keyAtHand() === undefined) await read()
    return keyAtHand()
  }

  return {
    setAt,
    async set(password) {
      const value = await inTurn(() => hashed(password))
      await (await vault()).set(secretName, value)
      const now = clock()
      await administer('set-setting', { name: settingName, value: String(now) })
      atHand = { setAt: now, key: browserKeyOf(value) }
      return now
    },
    async remove() {
      await administer('set-setting', { name: settingName, value: '' })
      await (await vault()).delete(secretName)
    },
    check: (password) =>
      inTurn(async () => {
        const stored = await read()
        return stored !== undefined && matches(password, stored)
      }),
    browserKey,
    browserKeyAtHand() {
      const key = keyAtHand()
      // Who signs in by a password meets what is wrong with the vault; nobody else needs to know.
      if (key === undefined) void browserKey().catch(() => undefined)
      return key
    },
  }
}
