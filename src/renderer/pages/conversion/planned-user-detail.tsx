import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Decision, Plan, PlannedUser } from '../../../contract/conversions.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { focusDetail } from '../../components/focus/focus-place.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { isNotFound } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { originText, outcomeText } from './outcome-text.ts'
import { focusNextConflict } from './planned-users-table.tsx'

const taken = {
  address: 'You chose this address.',
  skip: 'You chose to leave this user as it is.',
  merge: 'You chose to merge this user into the other one.',
} as const

interface PlannedUserDetailProps {
  readonly plan: Plan
  readonly userId: string
}

/** One person of a preview: what would become of them and why, and what can be decided about it. */
export function PlannedUserDetail({ plan, userId }: PlannedUserDetailProps) {
  const engine = useEngine()
  const query = useQuery(engine.conversions.user.queryOptions({ input: { id: plan.id, user: userId } }))
  if (isNotFound(query.error)) return <Nothing why="empty" title="There is no such person in the preview" />
  return (
    <QueryView query={query} lines={5}>
      {(user) => (
        <Stack gap="md">
          <Reason user={user} isUndo={plan.undoes !== null} />
          {plan.job === null && !plan.isOfOtherData && plan.undoes === null && (
            <Decisions
              key={`${user.id} ${user.decision} ${user.suggestion}`}
              planId={plan.id}
              user={user}
              suggestion={user.suggestion}
            />
          )}
          <Origin user={user} />
        </Stack>
      )}
    </QueryView>
  )
}

function Reason({ user, isUndo }: { readonly user: PlannedUser; readonly isUndo: boolean }) {
  const { to } = useDirectory()
  const { word, meaning, icon } = outcomeText(user.outcome, isUndo)
  return (
    <Facts
      facts={[
        ['Outcome', <StateBadge key="outcome" word={word} meaning={meaning} {...(icon ? { icon } : {})} />],
        [
          'User ID now',
          <TextLink key="now" href={to(`/users/${user.id}`)}>
            <bdi>{user.userName}</bdi>
          </TextLink>,
        ],
        ...(user.outcome === 'merges'
          ? [['Becomes', 'Archived: its user ID is not changed, and its groups go to the one that stays'] as const]
          : user.target === null
            ? []
            : [[isUndo ? 'Had before' : 'Would become', <bdi key="target">{user.target}</bdi>] as const]),
        ...(user.reason === null ? [] : [['Why', user.reason] as const]),
        ...(user.rival === null
          ? []
          : [
              [
                user.outcome === 'merges' ? 'Stays' : user.others > 1 ? 'One of them' : 'Other person',
                <TextLink key="rival" href={to(`/users/${user.rival.id}`)}>
                  <bdi>{user.rival.userName}</bdi>
                </TextLink>,
              ] as const,
            ]),
      ]}
    />
  )
}

function Origin({ user }: { readonly user: PlannedUser }) {
  return (
    <Facts
      facts={[
        ...(user.origin === null ? [] : [['Comes from', originText(user.origin)] as const]),
        ['Managed by', user.isScimManaged ? 'an identity provider' : 'nobody else: local'],
      ]}
    />
  )
}

interface DecisionsProps {
  readonly planId: string
  readonly user: PlannedUser
  readonly suggestion: string | null
}

function Decisions({ planId, user, suggestion }: DecisionsProps) {
  const engine = useEngine()
  const isChosen = user.decision === 'address'
  const [address, setAddress] = useState((isChosen ? user.target : suggestion) ?? '')
  const decide = useMutation(
    engine.conversions.decide.mutationOptions({
      // What was pressed goes with the decision.
      onSuccess(_plan, { decision }) {
        if (user.outcome === 'conflict' && decision.kind !== 'none') focusNextConflict()
        else focusDetail()
      },
    }),
  )
  const make = (decision: Decision) => decide.mutate({ id: planId, user: user.id, decision })

  function submit(event: FormEvent): void {
    event.preventDefault()
    make({ kind: 'address', target: address.trim() })
  }

  if (user.decision !== null)
    return (
      <Stack gap="xs">
        <Text size="sm" role="status">
          {taken[user.decision]}
        </Text>
        <Problem error={decide.error} />
        <Group>
          <Button variant="default" loading={decide.isPending} onClick={() => make({ kind: 'none' })}>
            Take the decision back
          </Button>
        </Group>
      </Stack>
    )
  if (user.decisions.length === 0)
    return (
      <Text size="sm" c="dimmed">
        Nothing can be decided about this person here.
      </Text>
    )
  return (
    <Stack gap="sm">
      <form onSubmit={submit}>
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Another user ID"
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            spellCheck={false}
            flex="1 1 220px"
          />
          <Button
            type="submit"
            variant="default"
            h={36}
            loading={decide.isPending}
            disabled={address.trim() === '' || address.trim() === user.target}
          >
            Use it
          </Button>
        </Group>
      </form>
      <Problem error={decide.error} title="That was not decided." />
      <Group gap="xs">
        {user.decisions.includes('skip') && (
          <Button variant="default" disabled={decide.isPending} onClick={() => make({ kind: 'skip' })}>
            Leave as it is
          </Button>
        )}
        {user.decisions.includes('merge') && user.rival && (
          <Button variant="default" disabled={decide.isPending} onClick={() => make({ kind: 'merge' })}>
            Merge into the other person
          </Button>
        )}
      </Group>
      {user.decisions.includes('merge') && user.rival && (
        <Text size="xs" c="dimmed" className="breakable">
          Merging archives <bdi>{user.userName}</bdi>: <bdi>{user.rival.userName}</bdi> joins its groups and keeps its
          own attributes. Nothing happens before the run, and an undo brings both back.
        </Text>
      )}
    </Stack>
  )
}
