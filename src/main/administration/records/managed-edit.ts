import type { ResourceRow } from '../../store/resources/resource-row.ts'
import type { Source } from '../../store/resources/users.ts'
import { Refusal } from '../refusal.ts'

/** What the admin has said about an edit. */
export interface EditGuard {
  /** The warning that an IdP manages the record has been read. */
  readonly overManaged: boolean
}

/** Throws `Refusal` with reason `managed` for a record that an IdP manages, unless the admin knows. */
export function requireOwnRecord(source: Source, name: string, guard: EditGuard): void {
  if (source === 'scim' && !guard.overManaged)
    throw new Refusal(
      `"${name}" is managed by SCIM. Change it in the identity provider, or confirm that it may overwrite your edit.`,
      'managed',
    )
}

/** Throws `Refusal` with reason `changed` when the record is not the version that the admin saw. */
export function requireSeenVersion(row: Pick<ResourceRow, 'version'>, name: string, version: number): void {
  if (row.version !== version)
    throw new Refusal(`"${name}" has been changed meanwhile. Look at it again, then repeat your edit.`, 'changed')
}
