import type { Directory } from '../../contract/directories.ts'
import type { Engine } from '../engine.ts'
import { kinds } from '../store/resource-kind.ts'
import { api } from './api.ts'
import { directoryIdOf } from './directory-id.ts'

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
  sample: api.directories.sample.handler(({ input, context: { parts } }) =>
    sampleSize(parts.engine, directoryIdOf(parts.engine, input.directory)),
  ),
}
