import { loadDirectoryConfig } from '../../main/directory/directory-config.ts'
import type { Engine } from '../../main/engine.ts'
import type { IntegrationRow } from '../../main/store/configuration/integrations.ts'
import { isoTime } from '../../main/text/moment-text.ts'

/** An integration as `--json` shows it. */
export interface IntegrationView {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly idp: string
  readonly state: 'enabled' | 'paused' | 'disabled'
  readonly pausedAt: string | null
  readonly scimUrl: string
  readonly administrator: string
  /** Why the administrator cannot act, so that every request fails; null when all is well. */
  readonly administratorProblem: string | null
  /** The prefix of the token in use; null when there is none. */
  readonly tokenPrefix: string | null
  readonly tokenExpiresAt: string | null
  readonly lastUsedAt: string | null
  readonly createdAt: string | null
}

function stateOf(row: IntegrationRow): IntegrationView['state'] {
  if (row.enabled === 0) return 'disabled'
  return row.paused_at === null ? 'enabled' : 'paused'
}

export function integrationViews(engine: Engine): readonly IntegrationView[] {
  const config = loadDirectoryConfig(engine.reads)
  return engine.reads.integrations.all().map((row) => {
    const tokens = engine.reads.tokens.ofIntegration(row.id)
    const active = tokens.find((token) => token.state === 'active')
    const used = tokens.flatMap((token) => token.last_used_at ?? [])
    return {
      id: row.id,
      slug: row.slug,
      name: row.name,
      idp: row.idp,
      state: stateOf(row),
      pausedAt: isoTime(row.paused_at),
      scimUrl: engine.scimUrl(row.slug),
      administrator: row.administrator_user_name,
      administratorProblem: config.integrations.get(row.id)?.administratorProblem ?? null,
      tokenPrefix: active?.prefix ?? null,
      tokenExpiresAt: isoTime(active?.expires_at),
      lastUsedAt: isoTime(used.length === 0 ? null : Math.max(...used)),
      createdAt: isoTime(row.created_at),
    }
  })
}

export function integrationView(engine: Engine, slug: string): IntegrationView | undefined {
  return integrationViews(engine).find((each) => each.slug === slug)
}
