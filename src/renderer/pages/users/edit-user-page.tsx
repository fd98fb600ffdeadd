import { Button, Group } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import type { Schema } from '../../../contract/schemas.ts'
import type { UserDetail } from '../../../contract/users.ts'
import { isolated } from '../../components/isolated.ts'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { isNotFound, refusalReason } from '../../rpc/problem-of.ts'
import { draftOf } from '../directory/form/draft.ts'
import { ManagedNote } from '../directory/managed-note.tsx'
import { useRosterFilter } from '../directory/roster-filter.ts'
import { sourceWord } from '../directory/source-text.tsx'
import { useDirectory } from '../directory/use-directory.ts'
import { UserForm } from './user-form.tsx'

/** Edits a person: one whom an identity provider manages only after a warning. */
export function EditUserPage() {
  const { id } = useParams<{ id: string }>()
  const engine = useEngine()
  const { directory } = useDirectory()
  // The way back leads to the list as it was left.
  const { suffix } = useRosterFilter()
  const [, navigate] = useLocation()
  const [hasAccepted, setAccepted] = useState(false)
  /** Counts up when the present values are wanted instead of the edit. */
  const [round, setRound] = useState(0)
  const query = useQuery(engine.users.get.queryOptions({ input: { directory, id } }))
  const schemas = useQuery(engine.schemas.list.queryOptions({ input: { directory, resource: 'User' } }))
  const above = [{ label: 'Users', path: `/users${suffix}` }]
  if (isNotFound(query.error))
    return (
      <>
        <PageHeader title="No such person" above={above} />
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
      {(user) => {
        const name = user.displayName ?? user.userName
        const back = () => navigate(`/users/${id}${suffix}`)
        const isGuarded = user.source === 'scim' && !hasAccepted
        return (
          <>
            <PageHeader
              title={`Edit ${isolated(name)}`}
              above={[...above, { label: name, path: `/users/${id}${suffix}` }]}
            />
            {user.archivedAt !== null ? (
              <Nothing
                why="empty"
                title={`${isolated(name)} is archived`}
                action={
                  <Button component={Link} href={`/users/${id}${suffix}`}>
                    Show {isolated(name)}
                  </Button>
                }
              >
                Restore this person first; then it can be edited.
              </Nothing>
            ) : isGuarded ? (
              <ManagedNote
                name={name}
                managerName={sourceWord(user)}
                onAccept={() => setAccepted(true)}
                onCancel={back}
              />
            ) : (
              <QueryView query={schemas} lines={8}>
                {(list) => (
                  <EditForm
                    key={`${id} ${round}`}
                    user={user}
                    schemas={list}
                    directory={directory}
                    onDone={back}
                    onReload={() => void query.refetch().then(() => setRound(round + 1))}
                  />
                )}
              </QueryView>
            )}
          </>
        )
      }}
    </QueryView>
  )
}

interface EditFormProps {
  readonly user: UserDetail
  readonly schemas: readonly Schema[]
  readonly directory: string
  readonly onDone: () => void
  readonly onReload: () => void
}

function EditForm({ user, schemas, directory, onDone, onReload }: EditFormProps) {
  const engine = useEngine()
  // What was seen when the form was opened: it stays while others write, and the engine tells when they have.
  const [seen] = useState({ version: user.version, draft: draftOf(schemas, user.resource) })
  const edit = useMutation(engine.users.edit.mutationOptions({ onSuccess: onDone }))
  return (
    <>
      <UserForm
        schemas={schemas}
        initial={seen.draft}
        hasRole={false}
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
      />
      {refusalReason(edit.error) === 'changed' && (
        <Group mt="sm">
          <Button variant="default" onClick={onReload}>
            Load the present values and drop my changes
          </Button>
        </Group>
      )}
    </>
  )
}
