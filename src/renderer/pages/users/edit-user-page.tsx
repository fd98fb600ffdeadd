import { Button, Stack } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import type { JsonObject } from '../../../contract/resource.ts'
import type { Schema } from '../../../contract/schemas.ts'
import type { UserDetail } from '../../../contract/users.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { focusScreen } from '../../components/focus/focus-place.ts'
import { isolated } from '../../components/text/isolated.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound, refusalReason } from '../../rpc/problem-of.ts'
import { ConflictNote } from '../directory/form/conflict-note.tsx'
import { draftOf, resourceOf, type Draft } from '../directory/form/draft.ts'
import { MeanwhileNote } from '../directory/form/meanwhile-note.tsx'
import { mergeDrafts } from '../directory/form/merge-drafts.ts'
import { ManagedNote } from '../directory/managed-note.tsx'
import { useRosterFilter } from '../directory/roster-filter.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { UserForm } from './user-form.tsx'
import { panelsWidth } from '../../components/page/widths.ts'

/** Edits a person: one whom an identity provider manages only after a warning. */
export function EditUserPage() {
  const { id } = useParams<{ id: string }>()
  const engine = useEngine()
  const { directory } = useDirectory()
  // The way back leads to the list as it was left.
  const { suffix } = useRosterFilter()
  const query = useQuery(engine.users.get.queryOptions({ input: { directory, id } }))
  const isGone = isNotFound(query.error)
  if (isGone && query.data === undefined)
    return (
      <>
        <PageHeader title="No such person" above={[{ label: 'Users', path: `/users${suffix}` }]} />
        <Nothing
          why="empty"
          title="There is no such person"
          action={
            <Button component={Link} href={`/users${suffix}`}>
              Show all people
            </Button>
          }
        />
      </>
    )
  return (
    <QueryView query={query} lines={8}>
      {(user) => (
        <EditUser
          key={id}
          user={user}
          directory={directory}
          suffix={suffix}
          isGone={isGone}
          onStale={() => void query.refetch()}
        />
      )}
    </QueryView>
  )
}

interface EditUserProps {
  readonly user: UserDetail
  readonly directory: string
  /** What follows the path so that the list stays as it is. */
  readonly suffix: string
  /** The person was purged since. */
  readonly isGone: boolean
  /** Somebody else has changed the person. */
  readonly onStale: () => void
}

function EditUser({ user, directory, suffix, isGone, onStale }: EditUserProps) {
  const engine = useEngine()
  const navigate = useWayOn()
  const schemas = useQuery(engine.schemas.list.queryOptions({ input: { directory, resource: 'User' } }))
  const restore = useMutation(engine.users.restore.mutationOptions())
  const [hasAccepted, setAccepted] = useState(false)
  // A form that is open stays, whatever becomes of the person meanwhile.
  const [isOpen, setOpen] = useState(false)
  /** Counts up when the form begins anew from the present values, with changes on top of them or without. */
  const [round, setRound] = useState<Round>({ number: 0, start: undefined })
  const name = user.displayName ?? user.userName
  const path = `/users/${user.id}${suffix}`
  const back = () => navigate(path)
  if (!isOpen && user.archivedAt === null && (user.source === 'local' || hasAccepted)) setOpen(true)
  return (
    <>
      <PageHeader
        title={`Edit ${isolated(name)}`}
        above={[
          { label: 'Users', path: `/users${suffix}` },
          { label: name, path },
        ]}
      />
      {isOpen ? (
        <QueryView query={schemas} lines={8}>
          {(list) => (
            <EditForm
              key={round.number}
              user={user}
              schemas={list}
              directory={directory}
              onDone={back}
              start={round.start}
              onStale={onStale}
              onBeginAnew={(start) => {
                // The button goes with the form.
                focusScreen()
                setRound({ number: round.number + 1, start })
              }}
              meanwhile={
                <MeanwhileNote
                  name={name}
                  record={user}
                  isGone={isGone}
                  isManagerKnown={hasAccepted}
                  restore={{ ...restore, onRestore: () => restore.mutate({ directory, id: user.id }) }}
                />
              }
            />
          )}
        </QueryView>
      ) : user.archivedAt === null ? (
        <ManagedNote name={name} managerName={sourceWord(user)} onAccept={() => setAccepted(true)} onCancel={back} />
      ) : (
        <Nothing
          why="empty"
          title={`${isolated(name)} is archived`}
          action={
            <Button component={Link} href={path}>
              Show {isolated(name)}
            </Button>
          }
        >
          Restore this person first; then it can be edited.
        </Nothing>
      )}
    </>
  )
}

interface Round {
  readonly number: number
  readonly start: Draft | undefined
}

interface EditFormProps {
  readonly user: UserDetail
  readonly schemas: readonly Schema[]
  readonly directory: string
  readonly onDone: () => void
  readonly start: Draft | undefined
  /** Somebody else has changed the person. */
  readonly onStale: () => void
  readonly onBeginAnew: (start: Draft | undefined) => void
  /** What has become of the person since the form was opened. */
  readonly meanwhile: ReactNode
}

function EditForm({ user, schemas, directory, onDone, start, onStale, onBeginAnew, meanwhile }: EditFormProps) {
  const engine = useEngine()
  // What was seen when the form was opened: it stays while others write, and the engine tells when they have.
  const [seen] = useState({ version: user.version, draft: draftOf(schemas, user.resource) })
  const edit = useMutation(
    engine.users.edit.mutationOptions({
      onSuccess: onDone,
      onError: (error) => (refusalReason(error) !== undefined || isNotFound(error)) && onStale(),
    }),
  )
  // The present values are there as soon as they have been asked for again.
  const isStale = refusalReason(edit.error) === 'changed' && user.version !== seen.version
  const theirs = draftOf(schemas, user.resource)

  function conflict(own: JsonObject): ReactNode {
    const { draft, differences } = mergeDrafts(resourceOf(seen.draft), resourceOf(theirs), own)
    return (
      <ConflictNote
        differences={differences}
        extensions={schemas.filter((each) => each.kind !== 'core').map((each) => each.urn)}
        onKeepMine={() => onBeginAnew(draft)}
        onTakeTheirs={() => onBeginAnew(undefined)}
      />
    )
  }

  function notes(own: JsonObject): ReactNode {
    return (
      <Stack gap="md" mt="md" maw={panelsWidth}>
        {meanwhile}
        {isStale && conflict(own)}
      </Stack>
    )
  }

  return (
    <UserForm
      schemas={schemas}
      initial={seen.draft}
      start={start}
      isNew={false}
      action="Save"
      isBusy={edit.isPending}
      error={edit.error}
      onSubmit={(resource) =>
        edit.mutate({
          directory,
          id: user.id,
          resource,
          version: seen.version,
          overManaged: user.source === 'scim',
        })
      }
      onCancel={onDone}
      note={notes}
    />
  )
}
