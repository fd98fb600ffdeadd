import { api } from './api.ts'
import { integrationRowOf } from './views/integration-view.ts'
import { tokenView } from './views/token-view.ts'

const dayMs = 86_400_000

export const tokens = {
  list: api.tokens.list.handler(({ input, context: { parts } }) => {
    const { reads, clock } = parts.engine
    const { id } = integrationRowOf(parts.engine, input.slug)
    return reads.tokens.ofIntegration(id).map((token) => tokenView(reads, token, clock()))
  }),
  rotate: api.tokens.rotate.handler(async ({ input, context: { parts } }) => {
    const { engine } = parts
    integrationRowOf(engine, input.slug)
    const { keepOldDays, expiresInDays } = input
    const expiresAt = expiresInDays === null ? null : engine.clock() + expiresInDays * dayMs
    const issued = await engine.tokens.rotate(input.slug, Math.round((keepOldDays ?? 0) * dayMs), expiresAt)
    return { token: issued.token.reveal(), prefix: issued.prefix, overlapUntil: issued.overlapUntil, expiresAt }
  }),
  revoke: api.tokens.revoke.handler(async ({ input, context: { parts } }) => {
    integrationRowOf(parts.engine, input.slug)
    return { revoked: await parts.engine.tokens.revoke(input.slug) }
  }),
}
