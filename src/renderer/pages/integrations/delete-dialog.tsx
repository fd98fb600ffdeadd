import { Button, Code, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useLocation } from 'wouter'
import type { Integration, IntegrationDeletion } from '../../../contract/integrations.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { isolated } from '../../components/text/isolated.ts'
import { useFocusBack } from '../../components/focus/use-focus-back.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'

type Managed = Omit<IntegrationDeletion, 'problem'>

/** "12 users and 3 groups", "1 user"; undefined for nobody. */
function peopleText(users: number, groups: number): string | undefined {
  const parts = [
    ...(users === 0 ? [] : [amountText(users, 'user')]),
    ...(groups === 0 ? [] : [amountText(groups, 'group')]),
  ]
  return parts.length === 0 ? undefined : parts.join(' and ')
}

function stayText({ users, groups, archivedUsers, archivedGroups }: Managed): string {
  const present = peopleText(users, groups)
  const archived = peopleText(archivedUsers, archivedGroups)
  if (present === undefined)
    return archived === undefined
      ? 'It manages nobody, so nothing changes in the directory.'
      : `What it manages is archived (${archived}), stays so and becomes local.`
  const and = archived === undefined ? '' : ` So does what is archived: ${archived}.`
  const stay = users + groups === 1 ? 'stays in the directory and becomes' : 'stay in the directory and become'
  return `${present} ${stay} local, with all attributes and memberships.${and}`
}

function releasedText({ users, groups }: Pick<Managed, 'users' | 'groups'>): string {
  const present = peopleText(users, groups)
  return present === undefined ? 'It managed nobody.' : `${present} stayed in the directory and became local.`
}

interface ConsequencesProps {
  readonly integration: Integration
  readonly managed: Managed
}

/** What will happen, in numbers. */
function Consequences({ integration, managed }: ConsequencesProps) {
  const { slug, idpSpoken, token } = integration
  const hasAny = managed.users + managed.groups + managed.archivedUsers + managed.archivedGroups > 0
  return (
    <List size="sm" spacing={6}>
      <List.Item>
        {token ? (
          <>
            Its token <Code>{token.prefix}…</Code>,{' '}
            {token.lastUsedAt === null ? (
              'never used'
            ) : (
              <>
                last used <RelativeTime at={token.lastUsedAt} isPast />
              </>
            )}
            , is refused at once: {idpSpoken} gets 401 until provisioning is stopped there.
          </>
        ) : (
          'It has no token, so that no request gets in already.'
        )}
      </List.Item>
      <List.Item>{stayText(managed)}</List.Item>
      {hasAny && (
        <List.Item>Their external IDs of this integration go, and so do marks of what was edited by hand.</List.Item>
      )}
      {managed.withRole > 0 && (
        <List.Item>
          {amountText(managed.withRole, 'of them has', 'of them have')} a role. Administrators among them are hidden
          from SCIM afterwards, as all local ones are.
        </List.Item>
      )}
      <List.Item>
        Its policy, welcome mail and alerts go. Past requests stay in the log under <Code>{slug}</Code>.
      </List.Item>
    </List>
  )
}

interface DeleteFormProps {
  readonly integration: Integration
  readonly onClose: () => void
}

function DeleteForm({ integration, onClose }: DeleteFormProps) {
  const { slug, name } = integration
  const { engine } = useConnection()
  const queries = useEngine()
  const [, navigate] = useLocation()
  const [typed, setTyped] = useState('')
  const query = useQuery(queries.integrations.deletion.queryOptions({ input: { slug }, staleTime: 0 }))
  const remove = useMutation({
    // This screen is left before what is on it is asked for anew.
    async mutationFn() {
      const released = await engine.integrations.delete({ slug })
      navigate('/integrations')
      notifications.show({
        title: `${isolated(name)} was deleted`,
        message: releasedText(released),
      })
    },
  })
  const isConfirmed = typed.trim() === slug
  const isPossible = query.data?.problem === null

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (isConfirmed && isPossible && !remove.isPending) remove.mutate()
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <QueryView query={query} lines={5}>
          {({ problem, ...managed }) =>
            problem === null ? (
              <Consequences integration={integration} managed={managed} />
            ) : (
              <Notice meaning="attention" title="It cannot be deleted now">
                {problem}
              </Notice>
            )
          }
        </QueryView>
        {isPossible && (
          <>
            <Text size="sm">
              This cannot be undone. To hold <bdi>{name}</bdi> for a while, pause it instead: then it comes back by
              itself.
            </Text>
            <TextInput
              labelProps={{ mb: 4 }}
              label={
                <>
                  Type <Code>{slug}</Code> to confirm
                </>
              }
              autoComplete="off"
              spellCheck={false}
              disabled={remove.isPending}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
          </>
        )}
        <Problem error={remove.error} title="It was not deleted." />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={remove.isPending} disabled={!isConfirmed || !isPossible}>
            Delete the integration
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface DeleteDialogProps extends DeleteFormProps {
  readonly isOpen: boolean
}

/** Asks before an integration goes, and says what stays. */
export function DeleteDialog({ isOpen, integration, onClose }: DeleteDialogProps) {
  useFocusBack(isOpen)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`Delete ${isolated(integration.name)}?`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
      returnFocus={false}
    >
      <DeleteForm integration={integration} onClose={onClose} />
    </Modal>
  )
}
