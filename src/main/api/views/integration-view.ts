import { idps, spokenName } from '../../../idp/catalogue.ts'
import { idpIds } from '../../../idp/idp.ts'
import type { Integration } from '../../../contract/integrations.ts'
import { administratorProblemOf } from '../../directory/directory-config.ts'
import type { Engine } from '../../engine.ts'
import type { IntegrationRow } from '../../store/configuration/integrations.ts'
import type { TokenRow } from '../../store/configuration/tokens.ts'
import { NotFound } from '../problems/not-found.ts'
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

/** What the views of all integrations are made from, each read once and not for every one of them. */
interface ReadOnce {
  /** By the id of the directory. */
  readonly directories: ReadonlyMap<number, string>
  /** By the id of the integration, the newest that works. */
  readonly activeTokens: ReadonlyMap<number, TokenRow>
  readonly lastUses: ReadonlyMap<number, number>
  readonly freedAt: ReadonlyMap<string, number>
}

function readAll({ reads, clock }: Engine): ReadOnce {
  const now = clock()
  const active = reads.tokens.usable().filter((token) => tokenView(reads, token, now).state === 'active')
  return {
    directories: new Map(reads.directories.all().map((each) => [each.id, each.slug])),
    activeTokens: new Map(active.map((token) => [token.integration_id, token])),
    lastUses: reads.tokens.lastUses(),
    freedAt: reads.integrations.freedSlugs(),
  }
}

function viewOf(
  engine: Engine,
  row: IntegrationRow,
  { directories, activeTokens, lastUses, freedAt }: ReadOnce,
): Integration {
  const active = activeTokens.get(row.id)
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
    administratorProblem: administratorProblemOf(row) ?? null,
    token: active
      ? {
          prefix: active.prefix,
          createdAt: active.created_at,
          lastUsedAt: active.last_used_at,
          expiresAt: active.expires_at,
          dueAt: rotationDueAt(engine.reads, active),
        }
      : null,
    lastUsedAt: lastUses.get(row.id) ?? null,
    createdAt: row.created_at,
    requestsSince: freedAt.get(row.slug) ?? null,
  }
}

/** All integrations as the console shows them, in the order of their creation. */
export function integrationViews(engine: Engine): readonly Integration[] {
  const all = readAll(engine)
  return engine.reads.integrations.all().map((row) => viewOf(engine, row, all))
}

/** One integration as the console shows it. Throws `NotFound`. */
export function integrationViewOf(engine: Engine, slug: string): Integration {
  return viewOf(engine, integrationRowOf(engine, slug), readAll(engine))
}
