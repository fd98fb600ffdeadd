import { Button, Code, Stack, Text, Tooltip } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import type { Integration } from '../../../contract/integrations.ts'
import type { Token } from '../../../contract/tokens.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { dialogEntry, useCloseDialog } from '../../components/dialog/dialog-entry.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { daysBetween, exactTimeText, pastTimeText } from '../../components/text/time-text.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { unreachable } from '../../unreachable.ts'
import { retiringTokens, tokenText } from './retiring-tokens.ts'
import { RotateDialog } from './rotate-dialog.tsx'
import classes from './tokens-tab.module.css'

function state(token: Token, now: number) {
  switch (token.state) {
    case 'active':
      return token.dueAt !== null && token.dueAt <= now ? (
        <StateBadge meaning="attention" word="Due" />
      ) : (
        <StateBadge meaning="ok" word="Active" />
      )
    case 'retiring':
      return <StateBadge meaning="information" word="Retiring" />
    case 'expired':
      return <StateBadge meaning="failure" word="Expired" />
    case 'void':
      return <StateBadge meaning="neutral" icon="disabled" word="Void" />
    default:
      return unreachable(token.state)
  }
}

/** When a token stops to work, if that is known. */
function end({ state: kind, overlapUntil, expiresAt, voidedAt }: Token): number | null {
  if (kind === 'void') return voidedAt
  return kind === 'retiring' ? overlapUntil : expiresAt
}

function columns(now: number): readonly Column<Token>[] {
  return [
    { id: 'prefix', label: 'Token', width: 120, cell: ({ prefix }) => <Code>{prefix}…</Code> },
    { id: 'state', label: 'State', width: 108, cell: (token) => state(token, now) },
    {
      id: 'age',
      label: 'Age',
      width: 86,
      cell: ({ createdAt }) => (
        <Tooltip label={`Created ${exactTimeText(createdAt)}`}>
          <span>{amountText(daysBetween(createdAt, now), 'day')}</span>
        </Tooltip>
      ),
    },
    {
      id: 'created',
      label: 'Created',
      width: 116,
      // The age beside it tells the same, and the exact time on hover.
      givesWay: 1,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} isPast />,
    },
    {
      id: 'used',
      label: 'Last used',
      width: 116,
      cell: ({ lastUsedAt }) => <RelativeTime at={lastUsedAt} never="never" isPast />,
    },
    {
      id: 'ends',
      label: 'Ends',
      width: 110,
      cell: (token) => <RelativeTime at={end(token)} never="never" isPast={token.state === 'void'} />,
    },
    { id: 'due', label: 'Rotation due', narrowest: 110, cell: ({ dueAt }) => <RelativeTime at={dueAt} /> },
  ]
}

/** The tokens of an integration: the one in use, those before it, how to replace it. */
export function TokensTab({ integration }: { readonly integration: Integration }) {
  const { slug, name, token } = integration
  const engine = useEngine()
  const now = useNow()
  const [search, setSearch] = useSearchParams()
  const closeDialog = useCloseDialog()
  const [isRevoking, setRevoking] = useState(false)
  const query = useQuery(engine.tokens.list.queryOptions({ input: { slug } }))
  const revoke = useMutation(engine.tokens.revoke.mutationOptions({ onSuccess: () => setRevoking(false) }))
  const retiring = retiringTokens(query.data)
  const usable = (token ? 1 : 0) + retiring.length
  const used = (token ?? retiring[0])?.lastUsedAt ?? null
  const lastUse = used === null ? 'has not used yet' : `used ${pastTimeText(used, now)}`
  return (
    <Stack gap="sm">
      <div className={classes['bar']}>
        <Text size="sm" c="dimmed">
          {token
            ? 'One token is active at a time. Replace it from time to time; its age and when that is due stand below.'
            : usable > 0
              ? 'The active token has ended; the one before it still works. Issue a new one before that ends too.'
              : 'There is no token, so that no request of this integration gets in.'}
        </Text>
        <div className={classes['buttons']}>
          {usable > 0 && (
            <Button variant="default" onClick={() => setRevoking(true)}>
              Revoke
            </Button>
          )}
          <Button onClick={() => setSearch({ rotate: '' }, { state: dialogEntry })}>
            {token ? 'Rotate the token' : 'Issue a token'}
          </Button>
        </div>
      </div>
      <ListFrame>
        <QueryView query={query}>
          {(tokens) =>
            tokens.length === 0 ? (
              <Nothing why="empty" title="No token was ever issued" />
            ) : (
              <DataTable
                id="tokens"
                label={`Tokens of ${name}`}
                columns={columns(now)}
                rows={tokens}
                keyOf={({ prefix, createdAt }) => `${prefix} ${createdAt}`}
                describe={(each) => `Token ${each.prefix}, ${each.state}`}
              />
            )
          }
        </QueryView>
      </ListFrame>
      <RotateDialog
        integration={integration}
        retiring={retiring}
        isOpen={search.has('rotate')}
        onClose={() => closeDialog(`/integrations/${slug}/tokens`)}
      />
      <ConfirmDialog
        isOpen={isRevoking}
        onClose={() => setRevoking(false)}
        title={
          retiring.length === 0 || !token
            ? `Revoke the token ${isolated(name)} ${lastUse}?`
            : `Revoke ${usable === 2 ? 'both' : `all ${usable}`} tokens of ${isolated(name)}?`
        }
        action={usable > 1 ? `Revoke ${usable === 2 ? 'both' : `all ${usable}`} tokens` : 'Revoke the token'}
        isDangerous
        isBusy={revoke.isPending}
        error={revoke.error}
        onConfirm={() => revoke.mutate({ slug })}
      >
        {token && retiring.length > 0 && (
          <Text size="sm" mb="xs">
            The active one ({tokenText(token, now)}) ends, and so does what still works beside it:{' '}
            {retiring.map((each) => tokenText(each, now)).join('; ')}.
          </Text>
        )}
        From that moment <bdi>{name}</bdi> gets 401 for every request, and an identity provider soon gives up. This
        cannot be undone: it needs a new token then. To replace it without an interruption, rotate it instead.
      </ConfirmDialog>
    </Stack>
  )
}
