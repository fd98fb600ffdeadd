import { idps, spokenName } from '../../idp/catalogue.ts'
import { idpIds } from '../../idp/idp.ts'
import type { Integration } from '../../contract/integrations.ts'
import { loadDirectoryConfig } from '../directory/directory-config.ts'
import type { Engine } from '../engine.ts'
import type { IntegrationRow } from '../store/integrations.ts'
import { NotFound } from './not-found.ts'
import { rotationDueAt, tokenView } from './token-view.ts'

/** The name of an IdP for people. */
export function idpName(idp: string): string {
  const known = idpIds.find((id) => id === idp)
  return known === undefined ? idp : idps[known].displayName
}

/** What an IdP is called within a sentence. */
function idpSpoken(idp: string): string {
  const known = idpIds.find((id) => id === idp)
  return known === undefined ? idp : spokenName(known)
}

/** The row of an integration. Throws `NotFound`. */
export function integrationRowOf(engine: Engine, slug: string): IntegrationRow {
  const row = engine.reads.integrations.bySlug(slug)
  if (!row) throw new NotFound(`There is no integration "${slug}".`)
  return row
}

function stateOf(row: IntegrationRow): Integration['state'] {
  if (row.enabled === 0) return 'disabled'
  return row.paused_at === null ? 'enabled' : 'paused'
}

/** All integrations as the console shows them, in the order of their creation. */
export function integrationViews(engine: Engine): readonly Integration[] {
  const { reads } = engine
  const now = engine.clock()
  const config = loadDirectoryConfig(reads)
  const directories = new Map(reads.directories.all().map((each) => [each.id, each.slug]))
  return reads.integrations.all().map((row) => {
    const tokens = reads.tokens.ofIntegration(row.id)
    const active = tokens.find((token) => tokenView(reads, token, now).state === 'active')
    const used = tokens.flatMap((token) => token.last_used_at ?? [])
    return {
      slug: row.slug,
      name: row.name,
      idp: row.idp,
      idpName: idpName(row.idp),
      idpSpoken: idpSpoken(row.idp),
      directory: directories.get(row.directory_id) ?? '',
      state: stateOf(row),
      pausedAt: row.paused_at,
      scimUrl: engine.scimUrl(row.slug),
      administrator: row.administrator_user_name,
      administratorProblem: config.integrations.get(row.id)?.administratorProblem ?? null,
      token: active
        ? {
            prefix: active.prefix,
            createdAt: active.created_at,
            lastUsedAt: active.last_used_at,
            expiresAt: active.expires_at,
            dueAt: rotationDueAt(reads, active),
          }
        : null,
      lastUsedAt: used.length === 0 ? null : Math.max(...used),
      createdAt: row.created_at,
      requestsSince: reads.integrations.freedAt(row.slug),
    }
  })
}

/** One integration as the console shows it. Throws `NotFound`. */
export function integrationViewOf(engine: Engine, slug: string): Integration {
  const view = integrationViews(engine).find((each) => each.slug === slug)
  if (!view) throw new NotFound(`There is no integration "${slug}".`)
  return view
}
