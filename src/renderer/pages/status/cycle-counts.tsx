import type { Cycle } from '../../../contract/provisioning.ts'
import { showMoreSideways } from '../../components/table/show-more-sideways.ts'
import { numberText } from '../../components/text/amount-text.ts'
import classes from './status.module.css'

const columns = ['checked', 'matched', 'created', 'updated', 'unchanged', 'disabled', 'restored', 'deleted'] as const

/** How many users and groups were dealt with, and how. */
export function CycleCounts({ cycle }: { readonly cycle: Cycle }) {
  const rows = [
    ['Users', cycle.users],
    ['Groups', cycle.groups],
  ] as const
  return (
    <div
      ref={showMoreSideways}
      className={classes['scroller']}
      tabIndex={0}
      role="group"
      aria-label="Counts of the cycle"
    >
      <table className={classes['counts']}>
        <thead>
          <tr>
            <th scope="col">Each counted once</th>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, counts]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {columns.map((column) => (
                <td key={column} data-zero={counts[column] === 0 || undefined}>
                  {numberText(counts[column])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
