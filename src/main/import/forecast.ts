import { ScimError } from '../../scim/error.ts'
import { fold } from '../../scim/text/fold.ts'
import type { JsonValue, Resource } from '../../scim/json/json.ts'
import { normalizeResource } from '../../scim/normalize/normalize.ts'
import { createNotes } from '../../scim/note.ts'
import { sameResource } from '../../scim/resource-equality.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import type { ImportedUser } from '../administration/records/import-users.ts'
import { mergeResource } from '../administration/records/merge-resource.ts'
import { createFormerUserIds } from '../conversion/lists/former-user-ids.ts'
import { valuesOf } from '../directory/resource-values.ts'
import { damagedRecord, userDocument } from '../directory/user-document.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { BadLine } from './bad-line.ts'

export interface ForecastChange {
  readonly attribute: string
  readonly before: JsonValue
  readonly after: JsonValue
}

/** What an import of one line would do. */
export interface ForecastRow {
  readonly line: number
  readonly userName: string
  readonly outcome: 'created' | 'updated' | 'unchanged'
  /** Somebody is there already whose IdP may overwrite what is imported. */
  readonly isManaged: boolean
  /** Of somebody who would be created: the userName by now of the person who had this one before a conversion. */
  readonly formerOf: string | undefined
  readonly changes: readonly ForecastChange[]
}

/** Looks through an import line by line before any of it is written. */
export interface Forecaster {
  /** Throws `BadLine` for one that cannot be imported. */
  look(user: ImportedUser): ForecastRow
  /** After the last line: the one that would take the last active Administrator away. */
  conclude(): BadLine | undefined
}

export function createForecaster(reads: StoreReads, directoryId: number, model: ResourceModel): Forecaster {
  const lines = new Map<string, number>()
  const formerUserIds = createFormerUserIds(reads)
  let administrators = reads.rosters.activeAdministrators(directoryId)
  let lastDemotion: BadLine | undefined

  /** Who had a userName that nobody has now, before a conversion. */
  function formerOf(userName: string): string | undefined {
    return formerUserIds.lookUp(directoryId, userName)[0]?.userName
  }

  function changesOf(before: Resource, after: Resource): readonly ForecastChange[] {
    const [old, fresh] = [valuesOf(model, before), valuesOf(model, after)]
    return [...new Set([...old.keys(), ...fresh.keys()])]
      .map((attribute) => ({ attribute, before: old.get(attribute) ?? null, after: fresh.get(attribute) ?? null }))
      .filter((each) => !sameResource(each.before, each.after))
  }

  return {
    look(row) {
      const resource = normalized(model, row)
      const { userName } = resource
      if (typeof userName !== 'string') throw new BadLine(row.line, '"userName" is required.')
      const key = fold(userName)
      const first = lines.get(key)
      if (first !== undefined) throw new BadLine(row.line, `"${userName}" stands in line ${first} already.`)
      lines.set(key, row.line)
      const user = reads.users.byUserNameKey(directoryId, key)
      const stored = user && userDocument(user)
      if (user && !stored) throw new BadLine(row.line, damagedRecord(user))
      const after = stored ? mergeResource(model, stored, resource) : resource
      const isAdministrator = user?.role === 'administrator' && user.active === 1
      const becomesOne = (row.role ?? user?.role) === 'administrator' && after['active'] !== false
      administrators += Number(becomesOne) - Number(isAdministrator)
      if (isAdministrator && !becomesOne)
        lastDemotion = new BadLine(
          row.line,
          `"${userName}" is the last active Administrator. Leave one Administrator in the file active.`,
        )
      const seen = { line: row.line, userName, isManaged: user?.source === 'scim' }
      if (!user || !stored) return { ...seen, outcome: 'created', formerOf: formerOf(userName), changes: [] }
      const role = row.role ?? user.role
      const changes = [
        ...changesOf(stored, after),
        ...(role === user.role ? [] : [{ attribute: 'role', before: user.role, after: role }]),
      ]
      return { ...seen, outcome: changes.length === 0 ? 'unchanged' : 'updated', formerOf: undefined, changes }
    },
    conclude: () => (administrators <= 0 ? lastDemotion : undefined),
  }
}

function normalized(model: ResourceModel, row: ImportedUser): Resource {
  try {
    return normalizeResource(model, row.resource, { notes: createNotes(), purpose: 'create' })
  } catch (error) {
    if (error instanceof ScimError) throw new BadLine(row.line, error.detail)
    throw error
  }
}
