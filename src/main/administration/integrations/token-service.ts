import type { Secret } from '../../secret.ts'
import type { StoreReads } from '../../store/store-reads.ts'
import { hashToken, tokenSecretName } from '../../vault/token-secret.ts'
import { VaultError, type Vault } from '../../vault/vault.ts'
import type { Administer } from '../administer.ts'
import type { DeletedIntegration } from './delete-integration.ts'
import type { NewIntegration } from './integrations.ts'
import { createToken } from './new-token.ts'
import { unknownIntegration } from './unknown-integration.ts'

interface Parts {
  readonly administer: Administer
  readonly reads: StoreReads
  /** Opened by the first command that needs it. */
  readonly vault: () => Promise<Vault>
}

export interface IssuedSecret {
  readonly prefix: string
  /** Shown once. */
  readonly token: Secret
  /** Until when the token before it works at most; null when it does not any more. */
  readonly overlapUntil: number | null
}

/** Issues, rotates and voids tokens: the database and the vault together. */
export function createTokenService({ administer, reads, vault }: Parts) {
  /** Takes hashes of void tokens out of the vault. One that stays behind, because the vault is out of reach, opens nothing: it is no failure. */
  async function forget(prefixes: readonly string[]): Promise<void> {
    try {
      const opened = await vault()
      for (const prefix of prefixes) await opened.delete(tokenSecretName(prefix))
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
    }
  }

  function prefixesOf(slug: string): ReadonlyMap<number, string> {
    const integration = reads.integrations.bySlug(slug)
    if (!integration) throw unknownIntegration(slug)
    return new Map(reads.tokens.ofIntegration(integration.id).map((token) => [token.id, token.prefix]))
  }

  /** The hash is in the vault before the token exists for the endpoint; when `enter` fails, that is undone. */
  async function withNewToken<Result>(enter: (prefix: string) => Promise<Result>) {
    const opened = await vault()
    const { token, prefix } = createToken()
    await opened.set(tokenSecretName(prefix), hashToken(token.reveal()))
    try {
      return { token, prefix, result: await enter(prefix) }
    } catch (error) {
      await opened.delete(tokenSecretName(prefix))
      throw error
    }
  }

  async function issue(slug: string, overlapMs: number, expiresAt: number | null): Promise<IssuedSecret> {
    prefixesOf(slug)
    const {
      token,
      prefix,
      result: issued,
    } = await withNewToken((made) => administer('issue-token', { slug, prefix: made, overlapMs, expiresAt }))
    const known = prefixesOf(slug)
    // The old tokens are void already; a hash that stays behind opens nothing, but without this answer the new token would be lost.
    await forget(issued.voided.flatMap((id) => known.get(id) ?? [])).catch(() => undefined)
    return { prefix, token, overlapUntil: issued.overlapUntil }
  }

  return {
    /** Creates an integration with its first token, both or none. */
    async createIntegration(input: Omit<NewIntegration, 'tokenPrefix'>) {
      const { token, prefix, result } = await withNewToken((made) =>
        administer('create-integration', { ...input, tokenPrefix: made }),
      )
      return { ...result, prefix, token }
    },
    /** Deletes an integration, and its tokens out of the vault. */
    async deleteIntegration(slug: string): Promise<DeletedIntegration> {
      const known = prefixesOf(slug)
      const deleted = await administer('delete-integration', { slug })
      // They are void already, and a hash that a vault out of reach keeps opens nothing.
      await forget(deleted.voided.flatMap((id) => known.get(id) ?? [])).catch(() => undefined)
      return deleted
    },
    /** Replaces the token at once, or lets the old one work until the new one is used and `overlapMs` at most. */
    rotate: issue,
    /** Voids every token of the integration; returns how many there were. */
    async revoke(slug: string): Promise<number> {
      const known = prefixesOf(slug)
      const voided = await administer('void-tokens', { slug })
      await forget(voided.flatMap((id) => known.get(id) ?? []))
      return voided.length
    },
  }
}

export type TokenService = ReturnType<typeof createTokenService>
