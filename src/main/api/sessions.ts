import type { Session } from '../../contract/sessions.ts'
import { api } from './api.ts'
import type { ApiContext } from './api-context.ts'

function views({ parts, sessionId }: ApiContext): Session[] {
  return parts.sessions.list().map((row) => ({
    id: row.id,
    by: row.signed_in_by,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    userAgent: row.user_agent,
    remoteAddress: row.remote_address,
    isCurrent: row.id === sessionId,
  }))
}

/** The desktop window has no session, so that all of them are others. */
const nobody = 0

export const sessions = {
  list: api.sessions.list.handler(({ context }) => ({
    items: views(context),
    passwordSetAt: context.parts.password.setAt() ?? null,
  })),
  revoke: api.sessions.revoke.handler(async ({ input, context: { parts } }) => ({
    revoked: await parts.sessions.end(input.id),
  })),
  revokeOthers: api.sessions.revokeOthers.handler(async ({ context: { parts, sessionId } }) => ({
    revoked: await parts.sessions.endOthers(sessionId ?? nobody),
  })),
  setPassword: api.sessions.setPassword.handler(async ({ input, context: { parts, sessionId } }) => {
    const passwordSetAt = await parts.password.set(input.password)
    // Whoever knew the old one, or came in before there was one, is to be shut out.
    await parts.sessions.endOthers(sessionId ?? nobody)
    return { passwordSetAt }
  }),
  removePassword: api.sessions.removePassword.handler(async ({ context: { parts } }) => {
    await parts.password.remove()
    return { passwordSetAt: null }
  }),
}
