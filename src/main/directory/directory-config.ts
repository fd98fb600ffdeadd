import { createModels, type Models } from '../../scim/model/models.ts'
import type { CustomAttribute, CustomAttributeType } from '../../scim/model/custom-attribute.ts'
import { customAttributeTypes } from '../../scim/model/custom-attribute.ts'
import type { CustomAttributeRow } from '../store/configuration/custom-attributes.ts'
import type { IntegrationRow } from '../store/configuration/integrations.ts'
import type { UsableIndex } from '../store/configuration/lookup-indexes.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { parsePolicy, type Policy } from './policy.ts'

/** An integration as requests need it. */
export interface Integration {
  readonly id: number
  readonly directoryId: number
  readonly slug: string
  readonly name: string
  readonly idp: string
  readonly isEnabled: boolean
  readonly isPaused: boolean
  readonly policy: Policy
  /** Whom the integration acts as. */
  readonly administrator: { readonly seq: number; readonly id: string; readonly userName: string }
  /** Why the administrator cannot act, if so: a sentence. */
  readonly administratorProblem: string | undefined
}

/** All that is configured, as of one version of the configuration. */
export interface DirectoryConfig {
  readonly version: number
  readonly integrations: ReadonlyMap<number, Integration>
  /** By directory id. */
  readonly models: ReadonlyMap<number, Models>
  /** The indexes that every change of a user keeps up, by directory id; those that are still being built included. */
  readonly indexes: ReadonlyMap<number, readonly UsableIndex[]>
}

/** Why the user whom an integration acts as cannot act, as a sentence; undefined where it can. */
export function administratorProblemOf(row: IntegrationRow): string | undefined {
  const who = `The SCIM administrator of this integration, "${row.administrator_user_name}",`
  if (row.administrator_archived_at !== null) return `${who} has been deleted. Choose another one.`
  if (row.administrator_active === 0) return `${who} is deactivated. Activate that user or choose another one.`
  if (row.administrator_role === 'user')
    return `${who} is no longer an Administrator or User Manager. Give the role back or choose another one.`
  return undefined
}

function integrationOf(row: IntegrationRow): Integration {
  return {
    id: row.id,
    directoryId: row.directory_id,
    slug: row.slug,
    name: row.name,
    idp: row.idp,
    isEnabled: row.enabled === 1,
    isPaused: row.paused_at !== null,
    policy: parsePolicy(row.policy),
    administrator: { seq: row.administrator_seq, id: row.administrator_id, userName: row.administrator_user_name },
    administratorProblem: administratorProblemOf(row),
  }
}

function isCustomType(type: string): type is CustomAttributeType {
  return customAttributeTypes.some((each) => each === type)
}

/** A stored custom attribute in the protocol's form. */
export function customAttributeOf(row: CustomAttributeRow): CustomAttribute {
  if (!isCustomType(row.type)) throw new Error(`custom attribute ${row.name} has the unknown type ${row.type}`)
  return { urn: row.urn, name: row.name, type: row.type, multiValued: row.multi_valued === 1 }
}

/** Reads the whole configuration. */
export function loadDirectoryConfig(reads: StoreReads): DirectoryConfig {
  const version = reads.settings.configVersion()
  const models = new Map<number, Models>()
  const indexes = new Map<number, readonly UsableIndex[]>()
  for (const directory of reads.directories.all()) {
    const usable = reads.customAttributes.ofDirectory(directory.id).filter((each) => each.removing === 0)
    models.set(directory.id, createModels(usable.map(customAttributeOf)))
    const kept = reads.lookupIndexes.ofDirectory(directory.id)
    indexes.set(
      directory.id,
      kept.filter(({ state }) => state === 'building' || state === 'ready'),
    )
  }
  const integrations = new Map(reads.integrations.all().map((row) => [row.id, integrationOf(row)]))
  return { version, integrations, models, indexes }
}
