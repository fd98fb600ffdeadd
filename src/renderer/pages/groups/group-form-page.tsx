import { Button, Stack, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactNode } from 'react'
import { Link, useParams } from 'wouter'
import type { GroupDetail } from '../../../contract/groups.ts'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { focusScreen } from '../../components/focus/focus-place.ts'
import { isolated } from '../../components/text/isolated.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { fieldProblems, isNotFound, refusalReason } from '../../rpc/problem-of.ts'
import { ConflictNote } from '../directory/form/conflict-note.tsx'
import { FormActions } from '../directory/form/form-actions.tsx'
import { MeanwhileNote } from '../directory/form/meanwhile-note.tsx'
import { mergeDrafts } from '../directory/form/merge-drafts.ts'
import { ManagedNote } from '../directory/managed-note.tsx'
import { useRosterFilter } from '../directory/roster-filter.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { panelsWidth } from '../../components/page/widths.ts'

interface NameFormProps {
  readonly initial: string
  /** What stands in it at first, where that is changed already. */
  readonly start?: string
  readonly action: string
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: (displayName: string) => void
  readonly onCancel: () => void
  /** Stands below the form, about what stands in it now. */
  readonly note?: (name: string) => ReactNode
}

/** A group has a name; its members are changed where they are listed. */
function NameForm({ initial, start = initial, action, isBusy, error, onSubmit, onCancel, note }: NameFormProps) {
  const [name, setName] = useState(start)
  const problem = fieldProblems(error).get('displayName')

  function submit(event: FormEvent): void {
    event.preventDefault()
    // Blanks around it are seen by nobody and matched by no identity provider.
    onSubmit(name === initial ? name : name.trim())
  }

  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={520}>
          <TextInput
            label="Name"
            description="The displayName by which identity providers match groups. Letter case does not matter."
            required
            value={name}
            error={problem}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <FormActions
            action={action}
            isBusy={isBusy}
            isChanged={name !== initial}
            error={error}
            isToldByFields={problem !== undefined}
            onCancel={onCancel}
          />
        </Stack>
      </form>
      {note?.(name)}
    </>
  )
}

/** Adds a local group. */
export function NewGroupPage() {
  const engine = useEngine()
  const navigate = useWayOn()
  const { directory, to } = useDirectory()
  const create = useMutation(
    engine.groups.create.mutationOptions({ onSuccess: ({ id }) => navigate(to(`/groups/${id}`)) }),
  )
  return (
    <>
      <PageHeader
        title="Add a group"
        above={[{ label: 'Groups', path: to('/groups') }]}
        description="A local group, which you manage here. Its members are added next."
      />
      <NameForm
        initial=""
        action="Add the group"
        isBusy={create.isPending}
        error={create.error}
        onSubmit={(displayName) => create.mutate({ directory, resource: { displayName } })}
        onCancel={() => navigate(to('/groups'))}
      />
    </>
  )
}

/** Renames a group: one that an identity provider manages only after a warning. */
export function EditGroupPage() {
  const { id } = useParams<{ id: string }>()
  const engine = useEngine()
  const { directory } = useDirectory()
  // The way back leads to the list as it was left.
  const { suffix } = useRosterFilter()
  const query = useQuery(engine.groups.get.queryOptions({ input: { directory, id } }))
  const above = [{ label: 'Groups', path: `/groups${suffix}` }]
  const isGone = isNotFound(query.error)
  if (isGone && query.data === undefined)
    return (
      <>
        <PageHeader title="No such group" above={above} />
        <Nothing
          why="empty"
          title="There is no such group"
          action={
            <Button component={Link} href={`/groups${suffix}`}>
              Show all groups
            </Button>
          }
        />
      </>
    )
  return (
    <QueryView query={query}>
      {(group) => (
        <>
          <PageHeader
            title={`Rename ${isolated(group.displayName)}`}
            above={[...above, { label: group.displayName, path: `/groups/${id}${suffix}` }]}
          />
          <EditName key={id} group={group} directory={directory} isGone={isGone} onStale={() => void query.refetch()} />
        </>
      )}
    </QueryView>
  )
}

interface EditNameProps {
  readonly group: GroupDetail
  readonly directory: string
  /** The group was purged since. */
  readonly isGone: boolean
  /** Somebody else has changed the group. */
  readonly onStale: () => void
}

function EditName({ group, directory, isGone, onStale }: EditNameProps) {
  const engine = useEngine()
  const navigate = useWayOn()
  const { suffix } = useRosterFilter()
  const [hasAccepted, setAccepted] = useState(false)
  // A form that is open stays, whatever becomes of the group meanwhile.
  const [isOpen, setOpen] = useState(false)
  const restore = useMutation(engine.groups.restore.mutationOptions())
  const back = () => navigate(`/groups/${group.id}${suffix}`)
  // What was seen when the form was opened, and what stands in it at first.
  const [seen, setSeen] = useState({ group, start: group.displayName })
  const edit = useMutation(
    engine.groups.edit.mutationOptions({
      onSuccess: back,
      onError: (error) => (refusalReason(error) !== undefined || isNotFound(error)) && onStale(),
    }),
  )
  const isStale = refusalReason(edit.error) === 'changed' && group.version !== seen.group.version

  function beginAnew(start: string): void {
    // The button goes with what it answers.
    focusScreen()
    edit.reset()
    setSeen({ group, start })
  }
  if (!isOpen && group.archivedAt === null && (group.source === 'local' || hasAccepted)) setOpen(true)
  if (!isOpen && group.archivedAt !== null)
    return (
      <Nothing
        why="empty"
        title={`${isolated(group.displayName)} is archived`}
        action={
          <Button component={Link} href={`/groups/${group.id}${suffix}`}>
            Show {isolated(group.displayName)}
          </Button>
        }
      >
        Restore this group first; then it can be renamed.
      </Nothing>
    )
  if (!isOpen)
    return (
      <ManagedNote
        name={group.displayName}
        managerName={sourceWord(group)}
        onAccept={() => setAccepted(true)}
        onCancel={back}
      />
    )

  function conflict(own: string): ReactNode {
    const { differences } = mergeDrafts(
      { displayName: seen.group.displayName },
      { displayName: group.displayName },
      { displayName: own },
    )
    return (
      <ConflictNote
        differences={differences}
        extensions={[]}
        onKeepMine={() => beginAnew(own)}
        onTakeTheirs={() => beginAnew(group.displayName)}
      />
    )
  }

  function notes(own: string): ReactNode {
    return (
      <Stack gap="md" mt="md" maw={panelsWidth}>
        <MeanwhileNote
          name={group.displayName}
          record={group}
          isGone={isGone}
          isManagerKnown={hasAccepted}
          restore={{ ...restore, onRestore: () => restore.mutate({ directory, id: group.id }) }}
        />
        {isStale && conflict(own)}
      </Stack>
    )
  }

  return (
    <NameForm
      key={seen.group.version}
      initial={seen.group.displayName}
      start={seen.start}
      action="Save the name"
      isBusy={edit.isPending}
      error={edit.error}
      onSubmit={(displayName) =>
        edit.mutate({
          directory,
          id: group.id,
          resource: { ...seen.group.resource, displayName },
          version: seen.group.version,
          overManaged: group.source === 'scim',
        })
      }
      onCancel={back}
      note={notes}
    />
  )
}
