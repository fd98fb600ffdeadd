import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { TestChoices, TestStanding, WantedTest } from '../../../contract/endpoint-tests.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { Problem } from '../../components/state/problem.tsx'
import { useConnection } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { LostNotice } from './lost-notice.tsx'
import { draftAgain, firstDraft, wantedTest, type TestDraft } from './test-draft.ts'
import { TestForm } from './test-form.tsx'
import { useTestMemory } from './test-memory.ts'
import { TestProgress } from './test-progress.tsx'
import { TestResults } from './test-results.tsx'
import { isUnderWay } from './test-text.ts'
import { UnusableNotice } from './unusable-notice.tsx'
import classes from './diagnosis.module.css'

interface TestWorkbenchProps {
  readonly choices: TestChoices
  readonly standing: TestStanding
}

/** The form, and beside it what goes on or what came of it. */
export function TestWorkbench({ choices, standing }: TestWorkbenchProps) {
  const { engine } = useConnection()
  const navigate = useWayOn()
  const setDraft = useTestMemory((state) => state.setDraft)
  const forgetLost = useTestMemory((state) => state.forgetLost)
  const lost = useTestMemory((state) => state.lost)
  const [first] = useState(() => firstDraft(choices, standing))
  const draft = useTestMemory((state) => state.draft) ?? first
  // The token stands in its field and nowhere else in this page.
  const tokenField = useRef<HTMLInputElement>(null)
  const [isTried, setTried] = useState(false)
  /** Begun from here. */
  const [begun, setBegun] = useState<string>()
  /** Begun or seen under way from here: its end is news. */
  const [watched, setWatched] = useState<string>()
  const begin = useMutation({
    mutationFn: (order: { readonly url: string; readonly test: WantedTest }) =>
      engine.endpointTests.begin({ ...order, token: tokenField.current?.value ?? '' }),
    onSuccess({ id }) {
      setBegun(id)
      setWatched(id)
      forgetLost()
      navigate('/diagnosis', { replace: true })
    },
  })
  const { run } = standing
  const active = run && isUnderWay(run) ? run : undefined
  if (active && active.id !== watched) setWatched(active.id)

  const wanted = wantedTest(draft, choices)
  const refused = fieldProblems(begin.error)
  const problems = {
    ...(isTried && !('kind' in wanted) ? wanted : {}),
    ...Object.fromEntries(refused),
  }

  function start(next: TestDraft): void {
    const test = wantedTest(next, choices)
    setTried(true)
    if ('kind' in test) begin.mutate({ url: next.url, test })
  }

  function again(test: Parameters<typeof draftAgain>[0]): void {
    const next = draftAgain(test, draft)
    setDraft(next)
    if (tokenField.current?.value) start(next)
    else tokenField.current?.focus()
  }

  return (
    <div className={classes['bench']} data-active={active !== undefined || undefined}>
      {lost && !active && (
        <div className={classes['above']}>
          <LostNotice run={lost} />
        </div>
      )}
      <div className={classes['form']}>
        <TestForm
          choices={choices}
          draft={draft}
          tokenField={tokenField}
          problems={problems}
          isUnderWay={active !== undefined}
          isBeginning={begin.isPending}
          onChange={(changed) => {
            setDraft(changed)
            begin.reset()
          }}
          onToken={begin.reset}
          onSubmit={() => start(draft)}
        >
          {refused.size === 0 && <Problem error={begin.error} title="The test was not begun." />}
          {run && run.problem !== null && !begin.isError && (
            <UnusableNotice key={run.id} run={run} isNew={run.id === watched} />
          )}
        </TestForm>
      </div>
      <div className={classes['outcome']}>
        {active && <TestProgress key={active.id} run={active} takesFocus={active.id === begun} />}
        <TestResults standing={standing} awaited={watched} onShown={() => setWatched(undefined)} onAgain={again} />
      </div>
    </div>
  )
}
