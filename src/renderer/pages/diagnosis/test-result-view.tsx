import { Button, Group } from '@mantine/core'
import { RotateCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { TestResult } from '../../../contract/endpoint-tests.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Notice } from '../../components/state/notice.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { durationText, spanText } from '../../components/text/time-text.ts'
import { CheckResult } from './check-result.tsx'
import { LeftBehind } from './left-behind.tsx'
import { SaveReportButton } from './save-report-button.tsx'
import { SimulationResult } from './simulation-result.tsx'
import { takeFreeFocus } from './take-free-focus.ts'
import { meanings, sizeText } from './test-text.ts'
import classes from './diagnosis.module.css'

export interface TestResultViewProps {
  readonly result: TestResult
  /** It has just come, before the eyes of the person. */
  readonly isNew: boolean
  /** Another test is under way: this one cannot be begun again. */
  readonly isUnderWay: boolean
  /** A new one stands before the eyes of the person. */
  readonly onShown: () => void
  readonly isOnlyUnmet: boolean
  readonly onOnlyUnmet: (isOnly: boolean) => void
  readonly onAgain: () => void
}

/** `640 ms`, `1.2 s`, `3 min`. */
function lengthText(ms: number): string {
  return ms < 60_000 ? durationText(ms * 1000) : spanText(ms)
}

function countsText(result: TestResult): string | undefined {
  if (result.kind === 'check') return undefined
  const { waits, kept, test } = result
  const left =
    kept > 0 && test.kind === 'simulation'
      ? `Left at the endpoint, as asked: ${amountText(kept, 'resource')}, called sim-${test.seed}-….`
      : ''
  const waited = waits > 0 ? `The endpoint asked to wait ${amountText(waits, 'time')}, and that was done.` : ''
  return [left, waited].filter((each) => each !== '').join(' ') || undefined
}

/** What came of a test: the verdict, what was left behind, and the particulars. */
export function TestResultView(props: TestResultViewProps) {
  const { result, isUnderWay, isOnlyUnmet, onOnlyUnmet, onAgain, onShown } = props
  // It stays news until another one is looked at.
  const [isNew] = useState(props.isNew)
  const verdict = useRef<HTMLDivElement>(null)
  const size = sizeText(result)
  const further = countsText(result)

  useEffect(() => {
    if (!props.isNew) return
    takeFreeFocus(verdict.current)
    verdict.current?.scrollIntoView({ block: 'nearest' })
    onShown()
  }, [props.isNew, onShown])

  return (
    <>
      <div ref={verdict} tabIndex={-1} className={classes['verdict']}>
        <Notice
          meaning={meanings[result.look]}
          title={result.verdict}
          isNew={isNew}
          action={
            <Group gap="xs">
              <Button
                variant="default"
                leftSection={<RotateCw size={14} aria-hidden />}
                disabled={isUnderWay}
                onClick={onAgain}
              >
                Run again
              </Button>
              {result.kind === 'check' && <SaveReportButton id={result.id} />}
            </Group>
          }
        >
          <div className={classes['url']}>{result.url}</div>
          <div className={classes['soft']}>
            <RelativeTime at={result.endedAt} isPast />, in {lengthText(result.endedAt - result.startedAt)}
            {size !== undefined && ` · ${size}`}
          </div>
          {further !== undefined && <div>{further}</div>}
        </Notice>
      </div>
      <LeftBehind leftBehind={result.leftBehind} moreLeftBehind={result.moreLeftBehind} />
      {result.kind === 'check' ? (
        <CheckResult result={result} isOnlyUnmet={isOnlyUnmet} onOnlyUnmet={onOnlyUnmet} />
      ) : (
        <SimulationResult result={result} />
      )}
    </>
  )
}
