import { Code, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { GroupDetail } from '../../../contract/groups.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { TabLinks } from '../../components/page/tab-links.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound } from '../../rpc/problem-of.ts'
import { unreachable } from '../../unreachable.ts'
import { AttributeGroups } from '../directory/attribute-groups.tsx'
import { HistoryTab } from '../directory/history-tab.tsx'
import { ScimTab } from '../directory/scim-tab.tsx'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import classes from '../users/user-detail-view.module.css'
import { GroupActions } from './group-actions.tsx'
import { MemberDrift } from './member-drift.tsx'
import { MembersTab } from './members-tab.tsx'

const tabs = [
  { id: 'members', label: 'Members' },
  { id: 'attributes', label: 'Attributes' },
  { id: 'history', label: 'History' },
  { id: 'scim', label: 'SCIM' },
] as const

type TabId = (typeof tabs)[number]['id']

interface GroupDetailViewProps {
  readonly id: string
  readonly tab: string | undefined
  /** What follows the path so that the list stays as it is. */
  readonly suffix: string
}

/** One group: members, attributes, history, and what identity providers see. */
export function GroupDetailView({ id, tab, suffix }: GroupDetailViewProps) {
  const engine = useEngine()
  const { directory } = useDirectory()
  const query = useQuery(engine.groups.get.queryOptions({ input: { directory, id } }))
  const current = tabs.find((each) => each.id === (tab ?? 'members'))?.id
  if (isNotFound(query.error))
    return (
      <Nothing why="empty" title="There is no such group">
        It may have been purged, or be in another directory.
      </Nothing>
    )
  if (!current)
    return (
      <Nothing why="empty" title="There is no such page of this group">
        <TextLink href={`/groups/${id}${suffix}`}>Show the group</TextLink>
      </Nothing>
    )
  return (
    <QueryView query={query} lines={8}>
      {(group) => (
        <Stack gap="sm">
          <div className={classes['summary']}>
            {group.archivedAt !== null && <StateBadge meaning="neutral" icon="disabled" word="Archived" />}
            <span className="breakable">{sourceWord(group)}</span>
            {group.drifted > 0 && <StateBadge meaning="attention" word="Edited" />}
            <div className={classes['actions']}>
              <GroupActions group={group} suffix={suffix} />
            </div>
          </div>
          {group.archivedAt !== null && (
            <Text size="sm" c="dimmed" role="status">
              Archived <RelativeTime at={group.archivedAt} isPast />: out of sight for every identity provider until it
              is restored.
            </Text>
          )}
          <TabLinks
            label="About this group"
            tabs={tabs.map((each) => ({
              path: `/groups/${id}${each.id === 'members' ? '' : `/${each.id}`}${suffix}`,
              label: each.id === 'members' ? `Members (${numberText(group.members)})` : each.label,
              isCurrent: each.id === current,
            }))}
          />
          <Tab id={current} group={group} directory={directory} />
        </Stack>
      )}
    </QueryView>
  )
}

interface TabProps {
  readonly id: TabId
  readonly group: GroupDetail
  readonly directory: string
}

function Tab({ id, group, directory }: TabProps) {
  switch (id) {
    case 'members':
      return <MembersTab key={group.id} group={group} directory={directory} />
    case 'attributes':
      return <AttributesTab group={group} directory={directory} />
    case 'history':
      return <HistoryTab of={(engine) => engine.groups.history} directory={directory} id={group.id} />
    case 'scim':
      return (
        <ScimTab
          of={(engine) => engine.groups.seenBy}
          directory={directory}
          id={group.id}
          manager={group.manager?.slug ?? null}
        />
      )
    default:
      return unreachable(id)
  }
}

function AttributesTab({ group, directory }: Omit<TabProps, 'id'>) {
  const engine = useEngine()
  const { to } = useDirectory()
  const schemas = useQuery(engine.schemas.list.queryOptions({ input: { directory, resource: 'Group' } }))
  const takeBack = useMutation(engine.groups.takeBack.mutationOptions())
  const take = (attribute: string) => takeBack.mutate({ directory, id: group.id, attributes: [attribute] })
  return (
    <Stack gap="lg">
      <Problem error={takeBack.error} title="Nothing was taken back." />
      <QueryView query={schemas}>
        {(list) => (
          <AttributeGroups
            schemas={list}
            resource={group.resource}
            drift={group.drift}
            managerName={sourceWord(group)}
            isBusy={takeBack.isPending}
            onTakeBack={take}
          />
        )}
      </QueryView>
      {group.memberDrift.length > 0 && (
        <MemberDrift group={group} isBusy={takeBack.isPending} onTakeBack={() => take('members')} />
      )}
      <section aria-label="In Rollcall">
        <Facts
          facts={[
            [
              'id',
              <span key="id">
                <Code>{group.id}</Code> <CopyButton value={group.id} what="id" />
              </span>,
            ],
            ...group.externalIds.map(
              ({ integration, value }) =>
                [
                  'externalId',
                  <span key={integration.slug} className="breakable">
                    <Code>{value}</Code> for{' '}
                    <TextLink href={`/integrations/${integration.slug}`}>
                      <bdi>{integration.name}</bdi>
                    </TextLink>
                  </span>,
                ] as const,
            ),
            [
              'Member of',
              group.memberOf.length === 0
                ? 'no group'
                : group.memberOf.map((parent, n) => (
                    <span key={parent.id}>
                      {n > 0 && ', '}
                      <TextLink href={to(`/groups/${parent.id}`)}>
                        <bdi>{parent.displayName}</bdi>
                      </TextLink>
                    </span>
                  )),
            ],
            ['Created', <RelativeTime key="created" at={group.createdAt} isPast />],
            [
              'Changed',
              <span key="changed">
                <RelativeTime at={group.modifiedAt} isPast />, version {group.version}
              </span>,
            ],
          ]}
        />
      </section>
    </Stack>
  )
}
