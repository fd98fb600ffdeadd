import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { RequestChange, RequestChanges } from '../../../../contract/request-change.ts'
import { amountText } from '../../../components/text/amount-text.ts'
import { DiffView } from '../../../components/viewer/diff-view.tsx'
import { RelativeTime } from '../../../components/text/relative-time.tsx'
import classes from './detail.module.css'

interface ChangeListProps {
  readonly changes: RequestChanges
  /** It has happened; else it would. */
  readonly hasHappened: boolean
  /** The resource that was created, as it was answered. */
  readonly created: unknown
}

/** What a request changed, resource by resource. */
export function ChangeList({ changes, hasHappened, created }: ChangeListProps) {
  const { items, total, names } = changes
  return (
    <Stack gap="md">
      {items.map((item, n) => (
        <OneChange key={n} item={item} names={names} hasHappened={hasHappened} created={created} />
      ))}
      {total > items.length && (
        <Text size="sm" c="dimmed">
          And {amountText(total - items.length, 'further change')}, which the history of each record shows.
        </Text>
      )}
    </Stack>
  )
}

const past = {
  create: 'was created',
  replace: 'was replaced',
  patch: 'was changed',
  archive: 'was archived; it can be restored',
  restore: 'was restored',
  purge: 'was removed for good',
  import: 'was imported',
  members: 'has other members',
  role: 'has another role',
  rename: 'has another user name',
  release: 'became local',
} as const

const future = {
  create: 'would be created',
  replace: 'would be replaced',
  patch: 'would be changed',
  archive: 'would be archived; it could be restored',
  restore: 'would be restored',
  purge: 'would be removed for good',
  import: 'would be imported',
  members: 'would have other members',
  role: 'would have another role',
  rename: 'would have another user name',
  release: 'would become local',
} as const

interface OneChangeProps extends Omit<ChangeListProps, 'changes'> {
  readonly item: RequestChange
  readonly names: Readonly<Record<string, string>>
}

function OneChange({ item, names, hasHappened, created }: OneChangeProps) {
  const { kind, name, resourceId, directory, change, overwritten, drift } = item
  const shown = name ?? resourceId
  const area = kind === 'User' ? 'users' : 'groups'
  return (
    <section className={classes['change']}>
      <Title order={3} className="breakable">
        {kind}{' '}
        {directory === null ? (
          <bdi>{shown}</bdi>
        ) : (
          <Anchor component={Link} href={`/${area}/${resourceId}`} inherit underline="always">
            <bdi>{shown}</bdi>
          </Anchor>
        )}{' '}
        {(hasHappened ? past : future)[change.action]}
      </Title>
      <Stack gap="xs" mt={6}>
        {change.attributes.length > 0 && <Values change={change} />}
        {change.members && <Members members={change.members} names={names} />}
        {change.action === 'create' && created !== undefined && (
          <DiffView before={null} after={created} label={`${kind} as it was created`} />
        )}
        {overwritten.map(({ attribute, at, actor }) => (
          <Remark key={attribute} kind="attention">
            <strong>{attribute}</strong> had been set by hand ({actor}, <RelativeTime at={at} isPast />
            ); this request {hasHappened ? 'wrote' : 'would write'} over it.
          </Remark>
        ))}
        {drift.map(({ attribute, at, actor }) => (
          <Remark key={attribute} kind="information">
            <strong>{attribute}</strong> was set by hand ({actor}, <RelativeTime at={at} isPast />
            ), and the identity provider has not written it since.
          </Remark>
        ))}
      </Stack>
    </section>
  )
}

type Change = RequestChange['change']

/** Attributes with their values before and after; what is no single value stands below, line by line. */
function Values({ change: { attributes } }: { readonly change: Change }) {
  const isSimple = (value: unknown) => typeof value !== 'object' || value === null
  const simple = attributes.filter(({ before, after }) => isSimple(before) && isSimple(after))
  const complex = attributes.filter((each) => !simple.includes(each))
  return (
    <>
      {simple.length > 0 && (
        <table className={classes['values']}>
          <thead>
            <tr>
              <th scope="col">Attribute</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {simple.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row" className="breakable">
                  {name}
                </th>
                <td className="breakable">
                  <del>{valueText(before, '−')}</del>
                </td>
                <td className="breakable">
                  <ins>{valueText(after, '+')}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {complex.map(({ name, before, after }) => (
        <div key={name}>
          <Text size="xs" ff="monospace" mb={4}>
            {name}
          </Text>
          <DiffView before={before} after={after} label={`${name} before and after`} />
        </div>
      ))}
    </>
  )
}

function valueText(value: unknown, sign: string): string {
  if (value === null) return '(none)'
  return `${sign} ${typeof value === 'string' ? value : JSON.stringify(value)}`
}

const namedMembers = 50

interface MembersProps {
  readonly members: NonNullable<Change['members']>
  readonly names: Readonly<Record<string, string>>
}

function Members({ members, names }: MembersProps) {
  const { added, removed, addedCount, removedCount } = members
  const lines = [
    ...removed.map((id) => ({ id, sign: '−', word: 'removed' })),
    ...added.map((id) => ({ id, sign: '+', word: 'added' })),
  ]
  const shown = lines.slice(0, namedMembers)
  const more = addedCount + removedCount - shown.length
  return (
    <div>
      <Text size="sm">
        {[
          ...(addedCount > 0 ? [`${amountText(addedCount, 'member')} added`] : []),
          ...(removedCount > 0 ? [`${amountText(removedCount, 'member')} removed`] : []),
        ].join(', ')}
      </Text>
      <ul className={classes['members']}>
        {shown.map(({ id, sign, word }) => (
          <li key={`${sign}${id}`} className="breakable">
            <span className={classes['sign']} aria-hidden>
              {sign}
            </span>
            <span className="unseen">{word}</span> <bdi>{names[id] ?? id}</bdi>
          </li>
        ))}
        {more > 0 && <li>and {amountText(more, 'further one')}</li>}
      </ul>
    </div>
  )
}

interface RemarkProps {
  readonly kind: 'attention' | 'information'
  readonly children: ReactNode
}

function Remark({ kind, children }: RemarkProps) {
  const Icon = kind === 'attention' ? TriangleAlert : Info
  return (
    <div className={classes['remark']} data-kind={kind}>
      <Icon size={15} aria-label={kind === 'attention' ? 'Note' : 'Information'} />
      <span className="breakable">{children}</span>
    </div>
  )
}
