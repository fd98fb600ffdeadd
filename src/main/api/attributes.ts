import type { CustomAttribute } from '../../contract/attributes.ts'
import { mappingName } from '../../scim/custom-attribute.ts'
import { customAttributeOf } from '../directory/directory-config.ts'
import type { CustomAttributeRow } from '../store/custom-attributes.ts'
import { api } from './api.ts'
import { directoryIdOf } from './directory-id.ts'

function view(row: CustomAttributeRow): CustomAttribute {
  const { urn, name, type, multiValued } = customAttributeOf(row)
  return { urn, name, type, multiValued, mappingName: mappingName(row), isBeingRemoved: row.removing === 1 }
}

export const attributes = {
  list: api.attributes.list.handler(({ input, context: { parts } }) =>
    parts.engine.reads.customAttributes.ofDirectory(directoryIdOf(parts.engine, input.directory)).map(view),
  ),
  add: api.attributes.add.handler(async ({ input, context: { parts } }) => {
    const { directory, name, type, multiValued, urn } = input
    directoryIdOf(parts.engine, directory)
    const draft = { name, type, multiValued, ...(urn === null ? {} : { urn }) }
    const added = await parts.engine.administer('add-attribute', { directory, draft })
    return { ...added, type, mappingName: mappingName(added), isBeingRemoved: false }
  }),
  remove: api.attributes.remove.handler(async ({ input, context: { parts } }) => {
    const { directory } = input
    directoryIdOf(parts.engine, directory)
    const { id } = await parts.engine.administer('begin-attribute-removal', input)
    let users = 0
    let afterSeq: number | undefined = 0
    while (afterSeq !== undefined) {
      const step: { readonly lastSeq: number | undefined; readonly changed: number } = await parts.engine.administer(
        'remove-attribute-values',
        { directory, id, afterSeq },
      )
      users += step.changed
      afterSeq = step.lastSeq
    }
    return { users }
  }),
}
