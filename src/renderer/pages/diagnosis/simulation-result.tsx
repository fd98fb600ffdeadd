import type { SimulationProblem, SimulationTestResult } from '../../../contract/endpoint-tests.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Panel } from '../../components/page/panel.tsx'
import { KindsTable } from './kinds-table.tsx'
import { WireText } from './wire-text.tsx'
import classes from './diagnosis.module.css'

function FoundProblem({ problem }: { readonly problem: SimulationProblem }) {
  const { kind, times, request, seen, consequence } = problem
  return (
    <li className={classes['problem']}>
      <h3>
        {kind}
        {times > 1 && <span className={classes['soft']}>{amountText(times, 'time')}</span>}
      </h3>
      <dl className={classes['facts']}>
        <dt>Came back</dt>
        <dd>
          <bdi>{seen}</bdi>
        </dd>
        <dt>Therefore</dt>
        <dd>{consequence}</dd>
      </dl>
      <WireText title="Sent" of={kind} text={request} />
    </li>
  )
}

/** What a played identity provider found: what it would stumble over, then its requests by kind. */
export function SimulationResult({ result }: { readonly result: SimulationTestResult }) {
  const { problems, moreProblems, requests } = result
  const idpName = result.idpName ?? ''
  return (
    <>
      {problems.length > 0 && (
        <Panel title={`What ${idpName} would stumble over`}>
          <ol className={classes['problems']} aria-label="Problems">
            {problems.map((problem) => (
              <FoundProblem key={`${problem.kind} ${problem.consequence}`} problem={problem} />
            ))}
          </ol>
          {moreProblems > 0 && <p className={classes['soft']}>… and {numberText(moreProblems)} more of other kinds.</p>}
        </Panel>
      )}
      <Panel title="Requests" isFlush>
        <KindsTable requests={requests} />
      </Panel>
    </>
  )
}
