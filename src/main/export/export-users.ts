import { shownDocument } from '../directory/user-document.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { csvCell } from '../text/csv-cell.ts'
import type { RosterUser } from '../store/roster/rosters.ts'
import { exportedCells } from './exported-cells.ts'

/** These stand first and in every export; the others follow when somebody has a value there. */
export const usualColumns = ['userName', 'displayName', 'name.givenName', 'name.familyName', 'active', 'role', 'email']

/** A user as JSON has it: as SCIM, with what only Rollcall knows. */
export function exportedUser(user: RosterUser): Readonly<Record<string, unknown>> {
  return { id: user.id, ...shownDocument(user), role: user.role, source: user.source }
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** Gathers the columns of an export in a first pass, and writes its rows in a second one, so that nothing is held. */
export function createCsvExport(model: ResourceModel) {
  const columns = new Set(usualColumns)
  let left = 0
  return {
    see(user: RosterUser): void {
      const exported = exportedCells(model, user)
      for (const name of exported.cells.keys()) columns.add(name)
      left += exported.left
    },
    header: () => csvLine([...columns]),
    row(user: RosterUser): string {
      const { cells } = exportedCells(model, user)
      return csvLine([...columns].map((name) => cells.get(name) ?? ''))
    },
    /** How many values no column can hold. */
    left: () => left,
  }
}
