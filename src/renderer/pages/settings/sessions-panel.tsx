import { Button, Group, Stack } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Session } from '../../../contract/sessions.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { browserName } from './browser-name.ts'

const wayIn = { key: 'link', password: 'password' } as const satisfies Readonly<Record<Session['by'], string>>

function columns(onRevoke: (session: Session) => void): readonly Column<Session>[] {
  return [
    {
      id: 'browser',
      label: 'Browser',
      cell: (session) => <span title={session.userAgent}>{browserName(session.userAgent)}</span>,
    },
    { id: 'from', label: 'From', width: 110, cell: ({ remoteAddress }) => remoteAddress },
    // It says least; the row tells it as well to whom it is read out.
    { id: 'by', label: 'By', width: 86, givesWay: 1, cell: ({ by }) => wayIn[by] },
    { id: 'since', label: 'Since', width: 116, cell: ({ createdAt }) => <RelativeTime at={createdAt} isPast /> },
    { id: 'seen', label: 'Last seen', width: 116, cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} isPast /> },
    {
      id: 'action',
      label: 'Sign out',
      width: 128,
      cell: (session) =>
        session.isCurrent ? (
          <StateBadge meaning="information" word="This one" />
        ) : (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Sign out ${browserName(session.userAgent)} from ${session.remoteAddress}`}
            onClick={() => onRevoke(session)}
          >
            Sign out
          </Button>
        ),
    },
  ]
}

/** The browsers that are signed in, each of which can be sent away. */
export function SessionsPanel({ sessions }: { readonly sessions: readonly Session[] }) {
  const engine = useEngine()
  const [asked, setAsked] = useState<Session | 'others'>()
  const close = () => setAsked(undefined)
  const revoke = useMutation(engine.sessions.revoke.mutationOptions({ onSuccess: close }))
  const revokeOthers = useMutation(engine.sessions.revokeOthers.mutationOptions({ onSuccess: close }))
  const others = sessions.filter((each) => !each.isCurrent)

  return (
    <Panel title="Browsers that are signed in" isFlush>
      {sessions.length === 0 ? (
        <Nothing why="empty" title="No browser is signed in">
          This is the desktop app, which needs no sign-in. A browser is let in by a link from{' '}
          <code>rollcall console url</code>.
        </Nothing>
      ) : (
        <DataTable
          id="sessions"
          label="Browsers that are signed in"
          columns={columns(setAsked)}
          rows={sessions}
          keyOf={({ id }) => String(id)}
          describe={({ userAgent, remoteAddress, by, isCurrent }) =>
            `${browserName(userAgent)} from ${remoteAddress}, by ${wayIn[by]}${isCurrent ? ', this one' : ''}`
          }
        />
      )}
      {others.length > 0 && (
        <Stack gap="xs" className="padded">
          <Group>
            <Button variant="default" onClick={() => setAsked('others')}>
              {others.length === 1 ? 'Sign out the other one' : `Sign out the ${others.length} others`}
            </Button>
          </Group>
          <Problem error={asked === undefined ? (revoke.error ?? revokeOthers.error) : undefined} />
        </Stack>
      )}
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={close}
        title={
          asked === undefined || asked === 'others'
            ? `Sign out ${amountText(others.length, 'other browser')}?`
            : `Sign out ${browserName(asked.userAgent)} from ${asked.remoteAddress}?`
        }
        action="Sign out"
        isDangerous
        isBusy={revoke.isPending || revokeOthers.isPending}
        error={revoke.error ?? revokeOthers.error}
        onConfirm={() => {
          if (asked === 'others') revokeOthers.mutate({})
          else if (asked) revoke.mutate({ id: asked.id })
        }}
      >
        Its connection is closed at once. To come back it needs a new link or the password.
      </ConfirmDialog>
    </Panel>
  )
}
