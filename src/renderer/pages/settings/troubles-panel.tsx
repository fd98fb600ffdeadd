import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Trouble } from '../../../contract/diagnosis.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { exactTimeText } from '../../components/text/time-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import classes from './troubles-panel.module.css'

function asText(troubles: readonly Trouble[]): string {
  return troubles.map(({ at, message }) => `${new Date(at).toISOString()} ${message}`).join('\n')
}

function Line({ trouble }: { readonly trouble: Trouble }) {
  const [isOpen, setOpen] = useState(false)
  const [first = '', ...rest] = trouble.message.split('\n')
  return (
    <li>
      <time className="tabular" dateTime={new Date(trouble.at).toISOString()}>
        {exactTimeText(trouble.at).slice(0, 19)}
      </time>
      <div className="breakable">
        {first}
        {rest.length > 0 && (
          <>
            {' '}
            <UnstyledButton className={classes['more']} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {isOpen ? 'Less' : 'More'}
            </UnstyledButton>
            {isOpen && <pre tabIndex={0}>{rest.join('\n')}</pre>}
          </>
        )}
      </div>
    </li>
  )
}

/** What the operator was told, also before the last start. */
export function TroublesPanel() {
  const engine = useEngine()
  const query = useQuery(engine.diagnosis.troubles.queryOptions())
  return (
    <Panel
      title="Log of troubles"
      isFlush
      actions={
        query.data &&
        query.data.length > 0 && <CopyButton value={asText(query.data)} what="the log of troubles" isLabelled />
      }
    >
      <QueryView query={query} lines={3}>
        {(troubles) =>
          troubles.length === 0 ? (
            <Nothing why="empty" title="Nothing has gone wrong">
              What the server tells its operator stands here, also after a restart.
            </Nothing>
          ) : (
            <ol className={classes['list']} tabIndex={0} aria-label="Troubles, the newest first">
              {troubles.map((trouble, n) => (
                <Line key={`${trouble.at} ${n}`} trouble={trouble} />
              ))}
            </ol>
          )
        }
      </QueryView>
    </Panel>
  )
}
