import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react'
import type { TraceStepView } from '../../../../contract/request-detail.ts'
import { RedactedText } from '../../../components/viewer/redacted-text.tsx'
import classes from './detail.module.css'

const icons = { ok: CircleCheck, note: TriangleAlert, failed: CircleX } as const
const words = { ok: 'As expected', note: 'Note', failed: 'Failed' } as const
const steps = {
  authenticate: 'Authenticate',
  route: 'Route',
  parse: 'Read',
  match: 'Match',
  rule: 'Rule',
  change: 'Change',
  status: 'Answer',
} as const

/** The steps that led to the answer, as sentences: each with icon, word and colour. */
export function Trace({ trace }: { readonly trace: readonly TraceStepView[] }) {
  return (
    <ol className={classes['trace']}>
      {trace.map(({ step, kind, sentence }, n) => {
        const Icon = icons[kind]
        return (
          <li key={n} data-kind={kind}>
            <Icon size={15} aria-hidden />
            <span className={classes['step']}>{steps[step]}</span>
            <span className="breakable">
              <span className={kind === 'ok' ? 'unseen' : classes['kind']}>{words[kind]}:</span>{' '}
              <RedactedText text={sentence} />
            </span>
          </li>
        )
      })}
    </ol>
  )
}
