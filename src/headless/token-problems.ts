import { tokenSecretName } from '../main/vault/token-secret.ts'
import type { Engine } from '../main/engine.ts'

/** The integrations with a token that the vault does not know, by slug: no request with it gets in. Rejects with `VaultError`. */
export async function tokenProblems(engine: Engine): Promise<readonly string[]> {
  const usable = engine.reads.tokens.usable().filter((token) => token.state === 'active')
  if (usable.length === 0) return []
  const { vault } = await engine.vault()
  const slugs = new Map(engine.reads.integrations.all().map((each) => [each.id, each.slug]))
  const unknown: string[] = []
  for (const token of usable)
    if ((await vault.get(tokenSecretName(token.prefix))) === undefined)
      unknown.push(slugs.get(token.integration_id) ?? '')
  return unknown
}
