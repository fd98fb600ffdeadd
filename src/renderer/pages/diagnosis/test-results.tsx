import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { TestRunView, TestStanding, TestSummary } from '../../../contract/endpoint-tests.ts'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { TestResultView, type TestResultViewProps } from './test-result-view.tsx'
import { isUnderWay, resultName } from './test-text.ts'

interface TestResultsProps {
  readonly standing: TestStanding
  /** The test whose result is waited for. */
  readonly awaited: string | undefined
  /** That result stands there. */
  readonly onShown: () => void
  readonly onAgain: (test: TestSummary) => void
}

/** The results that stand beside a run: one of the same kind is about to be replaced by it. */
function shownResults({ run, results }: TestStanding): readonly TestSummary[] {
  return run && isUnderWay(run) ? results.filter(({ name }) => name !== nameOf(run)) : results
}

function nameOf({ test }: TestRunView): string {
  return test.kind === 'check' ? 'check' : test.idp
}

/** The last result of each kind, one of them open. */
export function TestResults({ standing, awaited, onShown, onAgain }: TestResultsProps) {
  const [search, setSearch] = useSearchParams()
  const results = shownResults(standing)
  const isActive = standing.run !== null && isUnderWay(standing.run)
  const chosen = results.find(({ name }) => name === search.get('result')) ?? results[0]

  function showOnlyUnmet(isOnly: boolean): void {
    setSearch((before) => {
      const next = new URLSearchParams(before)
      if (isOnly) next.set('only', 'unmet')
      else next.delete('only')
      return next
    })
  }

  if (!chosen)
    return isActive ? null : (
      <ListFrame>
        <Nothing why="empty" title="Nothing has been tested yet">
          A check goes through the RFCs point by point; an identity provider that is played does a whole provisioning
          with made-up people. The verdict, and what to tell the endpoint’s maker, stand here until the server is
          restarted.
        </Nothing>
      </ListFrame>
    )
  return (
    <>
      {results.length > 1 && (
        <TabLinks
          label="Results"
          tabs={results.map((each) => ({
            path: `/diagnosis?result=${each.name}`,
            label: resultName(each),
            isCurrent: each === chosen,
          }))}
        />
      )}
      <OpenResult
        key={chosen.id}
        summary={chosen}
        isNew={chosen.id === awaited}
        isUnderWay={isActive}
        onShown={onShown}
        isOnlyUnmet={search.get('only') === 'unmet'}
        onOnlyUnmet={showOnlyUnmet}
        onAgain={() => onAgain(chosen)}
      />
    </>
  )
}

interface OpenResultProps extends Omit<TestResultViewProps, 'result'> {
  readonly summary: TestSummary
}

function OpenResult({ summary, ...rest }: OpenResultProps) {
  const engine = useEngine()
  const query = useQuery(
    // What came of a test does not change any more.
    engine.endpointTests.result.queryOptions({ input: { id: summary.id }, staleTime: Infinity }),
  )
  return <QueryView query={query}>{(result) => <TestResultView result={result} {...rest} />}</QueryView>
}
