import { createModels } from '../../scim/model/models.ts'
import { isVisible } from '../../scim/text/visible-text.ts'
import { userSchemaUrn } from '../../scim/urn.ts'
import { insertUser } from '../directory/write/user-record.ts'
import { type AdministrationScope, writeScopeOf } from './administration-scope.ts'
import { Refusal } from './refusal.ts'
import { slugShape } from './integrations/slug.ts'

/** The userName of the local Administrator that every directory begins with, and as whom integrations act until another is chosen. */
const firstAdministrator = 'admin'

/** A directory with one local Administrator, whom SCIM never sees. Returns its id. */
export function insertDirectory(scope: AdministrationScope, slug: string, name: string): number {
  const directoryId = scope.store.directories.insert(slug, name, scope.now)
  const models = new Map([[directoryId, createModels([])]])
  const resource = {
    schemas: [userSchemaUrn],
    userName: firstAdministrator,
    displayName: 'Administrator',
    active: true,
  }
  insertUser(writeScopeOf({ ...scope, config: { ...scope.config, models } }, directoryId), resource, {
    source: 'local',
    role: 'administrator',
  })
  return directoryId
}

/** Adds a directory: a set of users and groups of its own, which shares nothing with the others. */
export function createDirectory(
  scope: AdministrationScope,
  input: { readonly slug: string; readonly name: string | undefined },
): { readonly id: number; readonly slug: string; readonly name: string } {
  const { slug } = input
  const name = input.name?.trim() || slug
  if (!slugShape.test(slug))
    throw new Refusal(`"${slug}" is no name for a directory: use lower-case letters, digits and hyphens, at most 63.`)
  if (name.length > 200) throw new Refusal('The name of a directory can have at most 200 characters.')
  if (!isVisible(name)) throw new Refusal('A directory needs a name that can be seen.')
  if (/\p{Cc}/u.test(name))
    throw new Refusal('The name of a directory cannot contain tabs, line breaks and other control characters.')
  if (scope.store.directories.bySlug(slug)) throw new Refusal(`There is a directory "${slug}" already.`)
  return { id: insertDirectory(scope, slug, name), slug, name }
}
