import { Button, Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { UserBulkAction, UserRow } from '../../../contract/users.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { BulkDialog, type BulkAct } from '../directory/bulk-dialog.tsx'
import { DirectorySwitch } from '../directory/directory-switch.tsx'
import { ExportMenu } from '../directory/export-menu.tsx'
import { NoneMatches } from '../directory/none-matches.tsx'
import { roleNames, roles } from '../directory/role-names.ts'
import { RosterBar } from '../directory/roster-bar.tsx'
import { useRosterFilter, useUserFilter } from '../directory/roster-filter.ts'
import { RosterList, useCountText } from '../directory/roster-list.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { useSelection, unsorted } from '../directory/use-selection.ts'
import { userBulkAct, UserBulkButtons } from './user-bulk.tsx'
import { userColumns, userSentence } from './user-columns.tsx'
import { UserDetailView } from './user-detail-view.tsx'

const pageSize = 100
const nobody: readonly UserRow[] = []

const nameOf = (user: UserRow) => user.displayName ?? user.userName

/** The people of a directory. */
export function UsersPage() {
  const { id, tab } = useParams<{ id?: string; tab?: string }>()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const { engine: client } = useConnection()
  const { directory, to } = useDirectory()
  const filter = useRosterFilter()
  const { input, sort, onSort } = useUserFilter(filter)
  const query = useQuery(
    engine.users.search.queryOptions({
      input: { ...input, cursor: filter.cursor, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  )
  const detail = useQuery(
    engine.users.get.queryOptions({ input: { directory, id: id ?? '' }, enabled: id !== undefined }),
  )
  const count = useCountText(query, filter.isFiltered, (all) => amountText(all, 'person', 'people'))
  const isArchived = input.archived
  const detailTitle = detail.data ? nameOf(detail.data) : 'Person'
  const selection = useSelection(unsorted(input), query.data?.items ?? nobody, nameOf)
  const [act, setAct] = useState<BulkAct>()
  const suffix = filter.suffix

  function begin(action: UserBulkAction): void {
    setAct(userBulkAct(client, action, { directory, ids: selection.ids, managed: selection.managed }))
  }

  return (
    <>
      <PageHeader
        title="Users"
        open={id === undefined ? undefined : detailTitle}
        description={count}
        actions={
          <>
            <DirectorySwitch path="/users" />
            <Button
              component={Link}
              href={to('/users/import')}
              variant="default"
              leftSection={<Upload size={14} aria-hidden />}
            >
              Import
            </Button>
            <ExportMenu
              name="people"
              what={filter.isFiltered || isArchived ? 'Those who are listed here' : 'Everybody'}
              csvRemark="A row each; it can be imported again."
              open={(where, signal) => client.users.export({ ...input, ...where }, { signal })}
            />
            <Button component={Link} href={to('/users/new')}>
              Add a person
            </Button>
          </>
        }
      />
      <RosterBar what="people" placeholder="Search name, address, id" directory={directory} filter={filter}>
        {!isArchived && (
          <Select
            aria-label="State"
            placeholder="Any state"
            w={122}
            clearable
            data={[
              { value: 'active', label: 'Active' },
              { value: 'inactive', label: 'Inactive' },
            ]}
            value={filter.get('state') || null}
            onChange={(state) => filter.set({ state: state ?? '' })}
          />
        )}
        <Select
          aria-label="Role"
          placeholder="Any role"
          w={136}
          clearable
          data={roles.map((role) => ({ value: role, label: roleNames[role] }))}
          value={filter.get('role') || null}
          onChange={(role) => filter.set({ role: role ?? '' })}
        />
      </RosterBar>
      <ListFrame fills>
        <DetailSplit
          id="users"
          detailTitle={detailTitle}
          detail={id === undefined ? undefined : <UserDetailView id={id} tab={tab} suffix={suffix} />}
          onClose={() => navigate(`/users${suffix}`)}
          list={
            <RosterList
              what="people"
              query={query}
              filter={filter}
              selection={selection}
              findAll={() => client.users.ids(input)}
              acts={<UserBulkButtons isArchived={isArchived} onChoose={begin} />}
              tableId={isArchived ? 'archived-users' : 'users'}
              label={isArchived ? 'Archived people' : 'People'}
              columns={userColumns(isArchived)}
              hrefOf={(user) => `/users/${user.id}${tab === undefined ? '' : `/${tab}`}${suffix}`}
              describe={userSentence}
              openId={id}
              sort={sort}
              onSort={onSort}
            >
              {(all) => (
                <NoPeople
                  isFiltered={filter.isFiltered}
                  isArchived={isArchived}
                  text={input.query}
                  all={all}
                  onClear={filter.clear}
                  importPath={to('/users/import')}
                />
              )}
            </RosterList>
          }
        />
      </ListFrame>
      <BulkDialog
        act={act}
        onClose={(isDone, next) => {
          setAct(next)
          if (isDone) selection.clear()
        }}
      />
    </>
  )
}

interface NoPeopleProps {
  readonly isFiltered: boolean
  readonly isArchived: boolean
  readonly text: string
  readonly all: number
  readonly onClear: () => void
  readonly importPath: string
}

function NoPeople({ isFiltered, isArchived, text, all, onClear, importPath }: NoPeopleProps) {
  if (isFiltered)
    return (
      <NoneMatches
        title={text === '' ? 'Nobody matches' : `Nobody is found by “${text}”`}
        all={amountText(all, 'person is', 'people are')}
        onClear={onClear}
      />
    )
  if (isArchived)
    return (
      <Nothing why="empty" title="Nobody is archived">
        Whom an identity provider deletes, or you archive, waits here to be restored or purged.
      </Nothing>
    )
  return (
    <Nothing
      why="empty"
      title="Nobody is here yet"
      action={
        <Button component={Link} href={importPath} variant="default">
          Import people from a CSV file
        </Button>
      }
    >
      People appear as soon as an identity provider sends them.
    </Nothing>
  )
}
