import type { Engine } from '../engine.ts'
import { tokenSecretName } from '../vault/token-secret.ts'

/** Whether the vault knows the token of a prefix, so that whoever has it gets in. Rejects with `VaultError`. */
export async function vaultKnowsToken(engine: Engine, prefix: string): Promise<boolean> {
  const { vault } = await engine.vault()
  return (await vault.get(tokenSecretName(prefix))) !== undefined
}

/** The integrations with a token that the vault does not know, by slug: no request with it gets in. Rejects with `VaultError`. */
export async function tokensToRotate(engine: Engine): Promise<readonly string[]> {
  const usable = engine.reads.tokens.usable().filter((token) => token.state === 'active')
  const slugs = new Map(engine.reads.integrations.all().map((each) => [each.id, each.slug]))
  const unknown: string[] = []
  for (const token of usable)
    if (!(await vaultKnowsToken(engine, token.prefix))) unknown.push(slugs.get(token.integration_id) ?? '')
  return unknown
}
