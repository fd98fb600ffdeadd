import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FlaskConical, Play, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import type { RequestContent } from '../../../../contract/request-detail.ts'
import type { Replay } from '../../../../contract/request-replay.ts'
import type { RequestDetail } from '../../../../contract/requests.ts'
import { amountText } from '../../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../../components/dialog/confirm-dialog.tsx'
import { isolated } from '../../../components/text/isolated.ts'
import { QueryView } from '../../../components/state/query-view.tsx'
import { StatusCode } from '../../../components/state/status-code.tsx'
import { useEngine } from '../../../rpc/engine.ts'
import { useIntegrationNames } from '../../../rpc/use-integration-names.ts'
import { ChangeList } from './change-list.tsx'
import { resourceIn } from './change-tab.tsx'
import classes from './detail.module.css'
import { ExplanationPanel } from './explanation-panel.tsx'
import { TextDiff } from './text-diff.tsx'
import { Trace } from './trace.tsx'
import { prettyText } from './pretty-text.ts'

interface ReplayTabProps {
  readonly request: RequestDetail
  readonly content: RequestContent
  /** Where a request of the log is shown, by its number or X-Request-Id. */
  readonly hrefOf: (id: number | string) => string
}

/** Sends the request again: first in a dry run, which writes nothing, then for real when somebody wants that. */
export function ReplayTab({ request, content, hrefOf }: ReplayTabProps) {
  const engine = useEngine()
  const { id, integration, at } = request
  const nameOf = useIntegrationNames()
  const actor = integration === null ? null : <bdi>{nameOf(integration, at) ?? integration}</bdi>
  const tried = useQuery(
    engine.requests.replay.queryOptions({
      input: { id },
      // It looks at the directory as it is: nothing that was tried before is shown for it.
      staleTime: 0,
      gcTime: 0,
      refetchOnWindowFocus: false,
    }),
  )
  const [isAsking, setAsking] = useState(false)
  const sent = useMutation(engine.requests.replay.mutationOptions({ onSuccess: () => setAsking(false) }))
  if (sent.data) return <Outcome replay={sent.data} request={request} content={content} hrefOf={hrefOf} />
  return (
    <QueryView query={tried}>
      {(replay) => (
        <Stack gap="md">
          <div className={classes['remark']} data-kind="information">
            <FlaskConical size={15} aria-hidden />
            <span>
              <strong>Dry run.</strong> It was carried out just now in the name of {actor} and undone at once: this is
              what would happen. Nothing was written, and the log does not have it.
            </span>
          </div>
          <Outcome replay={replay} request={request} content={content} hrefOf={hrefOf} />
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<RotateCw size={14} aria-hidden />}
              loading={tried.isFetching}
              onClick={() => void tried.refetch()}
            >
              Try it again
            </Button>
            <Button
              leftSection={<Play size={14} aria-hidden />}
              disabled={replay.onlyDryRun !== null}
              onClick={() => setAsking(true)}
            >
              Send it for real…
            </Button>
          </Group>
          {replay.onlyDryRun !== null && (
            <Text size="sm" c="dimmed">
              It cannot be sent for real. {replay.onlyDryRun}
            </Text>
          )}
          <ConfirmDialog
            isOpen={isAsking}
            onClose={() => {
              setAsking(false)
              sent.reset()
            }}
            title={`Send ${request.method} request ${id} again for real?`}
            action="Send it"
            isDangerous={replay.changes.total > 0}
            isBusy={sent.isPending}
            error={sent.error}
            onConfirm={() => sent.mutate({ id, rehearsal: replay.rehearsal })}
          >
            {consequence(replay)} It is carried out in the name of {actor}, stands in the log and in the history of what
            it changes, and the identity provider does not hear of it.
          </ConfirmDialog>
        </Stack>
      )}
    </QueryView>
  )
}

const verbs = {
  create: 'creates',
  replace: 'replaces',
  patch: 'changes',
  archive: 'archives',
  restore: 'restores',
  purge: 'removes for good',
  import: 'imports',
  members: 'changes the members of',
  role: 'changes the role of',
  rename: 'renames',
  release: 'makes local',
} as const

/** What will happen, and to whom. */
function consequence({ changes: { items, total }, status }: Replay): string {
  if (total === 0) return status >= 400 ? 'It will be refused again and change nothing.' : 'It will change nothing.'
  const named = items.slice(0, 3).map(({ kind, name, resourceId, change }) => {
    const attributes = change.attributes.map((each) => each.name)
    const what = attributes.length > 0 && attributes.length <= 4 ? ` (${attributes.join(', ')})` : ''
    return `${verbs[change.action]} ${kind.toLowerCase()} ${isolated(name ?? resourceId)}${what}`
  })
  const rest = total > named.length ? ` and makes ${amountText(total - named.length, 'further change')}` : ''
  return `It ${named.join(', ')}${rest}.`
}

interface OutcomeProps extends ReplayTabProps {
  readonly replay: Replay
}

/** What came of it, beside what came of it the first time. */
function Outcome({ replay, request, content, hrefOf }: OutcomeProps) {
  const { isDryRun, status, changes, trace, explanation, body, requestId } = replay
  const then = prettyText(content.responseBody?.text)
  const now = prettyText(body?.text)
  return (
    <Stack gap="md">
      {!isDryRun && (
        <Text size="sm">
          It was sent for real and stands in the log:{' '}
          <Anchor component={Link} href={hrefOf(requestId ?? '')} inherit underline="always">
            show it
          </Anchor>
          .
        </Text>
      )}
      <Group gap="xs">
        <Text size="sm">{isDryRun ? 'It would be answered with' : 'It was answered with'}</Text>
        <StatusCode status={status} />
        {status !== request.status && <Text size="sm">instead of {request.status} the first time</Text>}
      </Group>
      {explanation !== null && (
        <ExplanationPanel
          explanation={explanation}
          status={status}
          integration={request.integration}
          request={request}
        />
      )}
      <section>
        <Title order={3} mb={6}>
          {isDryRun ? 'What would change' : 'What changed'}
        </Title>
        {changes.items.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing.
          </Text>
        ) : (
          <ChangeList changes={changes} hasHappened={!isDryRun} created={resourceIn(body?.text)} />
        )}
      </section>
      <section>
        <Title order={3} mb={6}>
          Why
        </Title>
        <Trace trace={trace} />
      </section>
      <section>
        <Title order={3} mb={6}>
          The answer, compared with that of the first time
        </Title>
        <TextDiff before={then} after={now} label="Answers compared" />
      </section>
    </Stack>
  )
}
