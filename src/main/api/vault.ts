import { vaultFileOf } from '../vault/open-vault.ts'
import { api } from './api.ts'
import { vaultProblem } from './system.ts'

export const vault = {
  status: api.vault.status.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const { kind, why } = await engine.vault()
    return {
      kind,
      why,
      since: engine.vaultService.since() ?? null,
      secrets: engine.vaultService.size(),
      file: kind === 'file' ? vaultFileOf(engine.dataDir) : null,
      problem: await vaultProblem(engine),
    }
  }),
  test: api.vault.test.handler(({ context: { parts } }) => parts.engine.vaultService.test()),
  move: api.vault.move.handler(async ({ input, context: { parts } }) => {
    const { secrets, leftover } = await parts.engine.vaultService.move(input.to)
    return { secrets, leftover: leftover ?? null }
  }),
}
