import { Button } from '@mantine/core'
import { Check, ClipboardList, FlaskConical, Pin, PinOff, Terminal } from 'lucide-react'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { isRead } from '../../../components/text/request-text.ts'
import { useCopy } from '../../../components/file/use-copy.ts'
import type { RequestActions } from '../use-request-actions.ts'
import classes from './detail.module.css'
import { reasonOf, summaryLine } from './exchange-text.ts'

const forbidden = 'This browser forbids copying'

interface DetailToolbarProps {
  readonly request: RequestDetail
  readonly actions: RequestActions
  readonly onReplay: () => void
}

/** What can be done with the open request. */
export function DetailToolbar({ request, actions, onReplay }: DetailToolbarProps) {
  const summary = useCopy(summaryLine(request, reasonOf(request.content)))
  const PinIcon = request.isPinned ? PinOff : Pin
  return (
    <div className={classes['actions']}>
      {isRead(request) && (
        <>
          <Button
            variant="default"
            leftSection={<Terminal size={14} aria-hidden />}
            onClick={() => actions.copyCurl(request)}
          >
            Copy as cURL
          </Button>
          <Button variant="default" leftSection={<FlaskConical size={14} aria-hidden />} onClick={onReplay}>
            Replay
          </Button>
        </>
      )}
      <Button
        variant="default"
        leftSection={<PinIcon size={14} aria-hidden />}
        onClick={() => actions.togglePin(request)}
      >
        {request.isPinned ? 'Unpin' : 'Pin'}
      </Button>
      <Button
        variant="default"
        leftSection={
          summary.state === 'copied' ? <Check size={14} aria-hidden /> : <ClipboardList size={14} aria-hidden />
        }
        onClick={summary.copy}
      >
        {summary.state === 'copied' ? 'Copied' : summary.state === 'failed' ? forbidden : 'Copy summary'}
      </Button>
      <span role="status" className="unseen">
        {summary.state === 'copied' ? 'Summary copied' : summary.state === 'failed' ? forbidden : ''}
      </span>
    </div>
  )
}
