import type { Directory } from '../../contract/directories.ts'
import type { Engine } from '../engine.ts'
import { kinds } from '../store/resources/resource-kind.ts'
import { api } from './api.ts'
import { directoryIdOf } from './rosters/directory-id.ts'

function views({ reads }: Engine): readonly Directory[] {
  const integrations = reads.integrations.all()
  return reads.directories.all().map(({ id, slug, name }) => ({
    slug,
    name,
    users: reads.lists.total(id, kinds.User),
    groups: reads.lists.total(id, kinds.Group),
    integrations: integrations.filter((each) => each.directory_id === id).length,
  }))
}

/** How much of the sample organisation is left in a directory. */
export function sampleSize({ reads }: Engine, directoryId: number) {
  const { samples, users, groups } = reads
  return {
    users: samples.ids(directoryId, kinds.User).filter((id) => users.any(directoryId, id)).length,
    groups: samples.ids(directoryId, kinds.Group).filter((id) => groups.any(directoryId, id)).length,
  }
}

/** How many archived users an integration acts as. */
function archivedActors({ reads }: Engine, directoryId: number): number {
  const actors = reads.integrations
    .all()
    .filter((each) => each.directory_id === directoryId && each.administrator_archived_at !== null)
  return new Set(actors.map((each) => each.administrator_seq)).size
}

export const directories = {
  list: api.directories.list.handler(({ context }) => [...views(context.parts.engine)]),
  create: api.directories.create.handler(async ({ input, context: { parts } }) => {
    const made = await parts.engine.administer('create-directory', {
      slug: input.slug,
      name: input.name ?? undefined,
    })
    return { slug: made.slug, name: made.name, users: 0, groups: 0, integrations: 0 }
  }),
  addSample: api.directories.addSample.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    return parts.engine.administer('add-sample', input)
  }),
  removeSample: api.directories.removeSample.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    return parts.engine.administer('remove-sample', input)
  }),
  resetSample: api.directories.resetSample.handler(async ({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    await parts.engine.administer('remove-sample', input)
    return parts.engine.administer('add-sample', input)
  }),
  archive: api.directories.archive.handler(({ input, context: { parts } }) => {
    const { reads } = parts.engine
    const directoryId = directoryIdOf(parts.engine, input.directory)
    const [users, groups] = reads.rosters.archiveSize(directoryId)
    return { users, groups, kept: archivedActors(parts.engine, directoryId) }
  }),
  purgeArchived: api.directories.purgeArchived.handler(({ input, context: { parts } }) => {
    directoryIdOf(parts.engine, input.directory)
    return parts.engine.administer('purge-archived', input)
  }),
  sample: api.directories.sample.handler(({ input, context: { parts } }) =>
    sampleSize(parts.engine, directoryIdOf(parts.engine, input.directory)),
  ),
}
