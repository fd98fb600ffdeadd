import type { SimulationTestResult } from '../../../contract/endpoint-tests.ts'
import { showMoreSideways } from '../../components/table/show-more-sideways.ts'
import { numberText } from '../../components/text/amount-text.ts'
import classes from './kinds-table.module.css'

function msText(ms: number): string {
  return `${numberText(ms)} ms`
}

/** The requests of a simulation by kind: how many, how many failed, how long they took. */
export function KindsTable({ requests }: Pick<SimulationTestResult, 'requests'>) {
  return (
    // It scrolls sideways where there is little room, so it has to be reachable by keyboard.
    <div ref={showMoreSideways} className={classes['frame']} tabIndex={0} role="region" aria-label="Requests by kind">
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">Request</th>
            <th scope="col">Count</th>
            <th scope="col">Failed</th>
            <th scope="col">Median</th>
            <th scope="col">95 %</th>
            <th scope="col">Slowest</th>
          </tr>
        </thead>
        <tbody>
          {requests.map(({ kind, count, failures, medianMs, p95Ms, slowestMs }) => (
            <tr key={kind} data-failed={failures > 0 || undefined}>
              <th scope="row">{kind}</th>
              <td>{numberText(count)}</td>
              <td>{numberText(failures)}</td>
              <td>{msText(medianMs)}</td>
              <td>{msText(p95Ms)}</td>
              <td>{msText(slowestMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
