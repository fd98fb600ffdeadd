import { Button, Group, Progress, Select, Stack, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Archive } from '../../../contract/directories.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'

interface Work {
  readonly state: 'idle' | 'running' | 'done' | 'stopped'
  readonly users: number
  readonly groups: number
  readonly error: unknown
}

const idle: Work = { state: 'idle', users: 0, groups: 0, error: undefined }

/** `2 archived users and 1 archived group`; a kind of which there are none is left out. */
function usersAndGroups(users: number, groups: number, what = ''): string {
  const parts = [
    ...(users > 0 || groups === 0 ? [amountText(users, `${what}user`)] : []),
    ...(groups > 0 ? [amountText(groups, `${what}group`)] : []),
  ]
  return parts.join(' and ')
}

function whatIsThere({ users, groups, kept }: Archive): string {
  const going = usersAndGroups(users - kept, groups)
  return kept === 0 ? going : `${going}; ${amountText(kept, 'user')} that an integration acts as stays`
}

/** Removes everything that is archived, in short steps, with a way to stop. */
export function PurgePanel() {
  const queries = useEngine()
  const { engine } = useConnection()
  const client = useQueryClient()
  const [directory, setDirectory] = useState('main')
  const [isAsking, setAsking] = useState(false)
  const [work, setWork] = useState(idle)
  const stopped = useRef(false)
  const directories = useQuery(queries.directories.list.queryOptions())
  const query = useQuery(queries.directories.archive.queryOptions({ input: { directory } }))

  async function purge(): Promise<void> {
    setAsking(false)
    stopped.current = false
    let [users, groups] = [0, 0]
    setWork({ ...idle, state: 'running' })
    try {
      for (let hasMore = true; hasMore && !stopped.current;) {
        const step = await engine.directories.purgeArchived({ directory })
        users += step.users
        groups += step.groups
        ;({ hasMore } = step)
        setWork({ state: hasMore ? 'running' : 'done', users, groups, error: undefined })
      }
      if (stopped.current) setWork({ state: 'stopped', users, groups, error: undefined })
    } catch (error) {
      setWork({ state: 'stopped', users, groups, error })
    }
    await client.invalidateQueries()
  }

  return (
    <Panel title="Purge everything that is archived">
      <QueryView query={query} lines={3}>
        {(archive) => {
          const total = archive.users - archive.kept + archive.groups
          const gone = work.users + work.groups
          const share = work.state === 'running' ? (gone / Math.max(1, gone + total)) * 100 : 100
          return (
            <Stack gap="sm">
              <Text size="sm">
                What is deleted, by an identity provider or by you, is archived and can be restored with its
                memberships. A purge removes it for good; only the fact of it stays in the audit.
              </Text>
              {(directories.data ?? []).length > 1 && (
                <Select
                  label="Directory"
                  data={(directories.data ?? []).map(({ slug, name }) => ({ value: slug, label: name }))}
                  value={directory}
                  onChange={(value) => setDirectory(value ?? directory)}
                  allowDeselect={false}
                  w={260}
                />
              )}
              <Text size="sm" fw={500} className="tabular">
                {total === 0 && archive.kept === 0 ? 'Nothing is archived.' : `Archived: ${whatIsThere(archive)}.`}
              </Text>
              {work.state === 'running' && (
                <Group gap="sm">
                  <Progress.Root size="md" flex={1}>
                    <Progress.Section value={share} aria-label="Purged so far" />
                  </Progress.Root>
                  <Text size="sm" className="tabular" role="status">
                    {numberText(gone)} purged
                  </Text>
                  <Button
                    variant="default"
                    onClick={() => {
                      stopped.current = true
                    }}
                  >
                    Stop
                  </Button>
                </Group>
              )}
              {(work.state === 'done' || work.state === 'stopped') && (
                <Notice meaning={work.state === 'done' ? 'ok' : 'attention'} isNew>
                  {usersAndGroups(work.users, work.groups)} {work.users + work.groups === 1 ? 'was' : 'were'} purged
                  {work.state === 'stopped' ? '; then it was stopped. The rest stays archived.' : '.'}
                </Notice>
              )}
              <Problem error={work.error} title="The purge ended early." />
              {work.state !== 'running' && (
                <Group>
                  <Button color="red" variant="outline" disabled={total === 0} onClick={() => setAsking(true)}>
                    Purge what is archived
                  </Button>
                </Group>
              )}
              <ConfirmDialog
                isOpen={isAsking}
                onClose={() => setAsking(false)}
                title={`Purge ${usersAndGroups(archive.users - archive.kept, archive.groups, 'archived ')}?`}
                action="Purge them for good"
                isDangerous
                onConfirm={() => void purge()}
              >
                Their attributes, memberships and history are removed, and nothing brings them back but a backup. An
                identity provider that still knows them creates them anew, as other people, when they come back.
              </ConfirmDialog>
            </Stack>
          )
        }}
      </QueryView>
    </Panel>
  )
}
