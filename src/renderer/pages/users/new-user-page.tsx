import { useMutation, useQuery } from '@tanstack/react-query'
import { useWayOn } from '../../components/page/use-way-on.ts'
import { PageHeader } from '../../components/page/page-header.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { UserForm } from './user-form.tsx'

/** Adds a local person. */
export function NewUserPage() {
  const engine = useEngine()
  const navigate = useWayOn()
  const { directory, to } = useDirectory()
  const schemas = useQuery(engine.schemas.list.queryOptions({ input: { directory, resource: 'User' } }))
  const create = useMutation(
    engine.users.create.mutationOptions({ onSuccess: ({ id }) => navigate(to(`/users/${id}`)) }),
  )
  return (
    <>
      <PageHeader
        title="Add a person"
        above={[{ label: 'Users', path: to('/users') }]}
        description="A local person, whom you manage here. An identity provider that writes to this person later takes over."
      />
      <QueryView query={schemas} lines={8}>
        {(list) => (
          <UserForm
            schemas={list}
            initial={{ active: true, emails: [{ type: 'work', primary: true }] }}
            isNew
            action="Add the person"
            isBusy={create.isPending}
            error={create.error}
            onSubmit={(resource, role) => create.mutate({ directory, resource, role })}
            onCancel={() => navigate(to('/users'))}
          />
        )}
      </QueryView>
    </>
  )
}
