import { Code, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { UserDetail } from '../../../contract/users.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
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
import { roleNames } from '../directory/role-names.ts'
import { ScimTab } from '../directory/scim-tab.tsx'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { UserActions } from './user-actions.tsx'
import { UserState } from './user-columns.tsx'
import { UserGroupsTab } from './user-groups-tab.tsx'
import classes from './user-detail-view.module.css'

const tabs = [
  { id: 'profile', label: 'Profile' },
  { id: 'groups', label: 'Groups' },
  { id: 'history', label: 'History' },
  { id: 'scim', label: 'SCIM' },
] as const

type TabId = (typeof tabs)[number]['id']

interface UserDetailViewProps {
  readonly id: string
  readonly tab: string | undefined
  /** What follows the path so that the list stays as it is. */
  readonly suffix: string
}

/** One person: every attribute, memberships, history, and what identity providers see. */
export function UserDetailView({ id, tab, suffix }: UserDetailViewProps) {
  const engine = useEngine()
  const { directory } = useDirectory()
  const query = useQuery(engine.users.get.queryOptions({ input: { directory, id } }))
  const current = tabs.find((each) => each.id === (tab ?? 'profile'))?.id
  if (isNotFound(query.error))
    return (
      <Nothing why="empty" title="There is no such person">
        It may have been purged, or be in another directory.
      </Nothing>
    )
  if (!current)
    return (
      <Nothing why="empty" title="There is no such page of this person">
        <TextLink href={`/users/${id}${suffix}`}>Show the person</TextLink>
      </Nothing>
    )
  return (
    <QueryView query={query} lines={8}>
      {(user) => (
        <Stack gap="sm">
          <div className={classes['summary']}>
            <UserState user={user} />
            <span>{roleNames[user.role]}</span>
            <span className="breakable">{sourceWord(user)}</span>
            {user.drifted > 0 && <StateBadge meaning="attention" word="Edited" />}
            {user.isHidden && <StateBadge meaning="information" word="Hidden from SCIM" />}
            <div className={classes['actions']}>
              <UserActions user={user} suffix={suffix} />
            </div>
          </div>
          {user.damage !== null && (
            <Notice meaning="failure" title="The stored record is damaged">
              {user.damage}
            </Notice>
          )}
          {user.archivedAt !== null && (
            <Text size="sm" c="dimmed" role="status">
              Archived <RelativeTime at={user.archivedAt} isPast />: out of sight for every identity provider, and out
              of its groups until it is restored.
            </Text>
          )}
          <TabLinks
            label="About this person"
            tabs={tabs.map((each) => ({
              path: `/users/${id}${each.id === 'profile' ? '' : `/${each.id}`}${suffix}`,
              label: each.id === 'groups' ? `Groups (${user.groups.length})` : each.label,
              isCurrent: each.id === current,
            }))}
          />
          <Tab id={current} user={user} directory={directory} />
        </Stack>
      )}
    </QueryView>
  )
}

interface TabProps {
  readonly id: TabId
  readonly user: UserDetail
  readonly directory: string
}

function Tab({ id, user, directory }: TabProps) {
  switch (id) {
    case 'profile':
      return <ProfileTab user={user} directory={directory} />
    case 'groups':
      return <UserGroupsTab user={user} directory={directory} />
    case 'history':
      return <HistoryTab of={(engine) => engine.users.history} directory={directory} id={user.id} />
    case 'scim':
      return (
        <ScimTab
          of={(engine) => engine.users.seenBy}
          directory={directory}
          id={user.id}
          manager={user.manager?.slug ?? null}
        />
      )
    default:
      return unreachable(id)
  }
}

function ProfileTab({ user, directory }: Omit<TabProps, 'id'>) {
  const engine = useEngine()
  const schemas = useQuery(engine.schemas.list.queryOptions({ input: { directory, resource: 'User' } }))
  const takeBack = useMutation(engine.users.takeBack.mutationOptions())
  return (
    <Stack gap="lg">
      <Problem error={takeBack.error} title="The value was not taken back." />
      <QueryView query={schemas} lines={6}>
        {(list) => (
          <AttributeGroups
            schemas={list}
            resource={user.resource}
            drift={user.drift}
            managerName={sourceWord(user)}
            isBusy={takeBack.isPending}
            onTakeBack={(attribute) => takeBack.mutate({ directory, id: user.id, attributes: [attribute] })}
          />
        )}
      </QueryView>
      <section aria-label="In Rollcall">
        <Facts facts={ownFacts(user)} />
      </section>
    </Stack>
  )
}

/** What Rollcall knows beside the attributes. */
function ownFacts(user: UserDetail) {
  return [
    [
      'id',
      <span key="id">
        <Code>{user.id}</Code> <CopyButton value={user.id} what="id" />
      </span>,
    ],
    ...user.externalIds.map(
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
    ...user.actsFor.map(
      ({ slug, name }) =>
        [
          'Acts for',
          <TextLink key={slug} href={`/integrations/${slug}/policy`}>
            <bdi>{name}</bdi>
          </TextLink>,
        ] as const,
    ),
    ['Created', <RelativeTime key="created" at={user.createdAt} isPast />],
    [
      'Changed',
      <span key="changed">
        <RelativeTime at={user.modifiedAt} isPast />, version {user.version}
      </span>,
    ],
  ] as const
}
