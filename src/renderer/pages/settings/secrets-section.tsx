import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { FileLock2, KeyRound } from 'lucide-react'
import { useState } from 'react'
import type { VaultStatus } from '../../../contract/vault.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Facts } from '../../components/viewer/facts.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'

const names = { keychain: 'The keychain of the operating system', file: 'A file for its owner alone' } as const

function InUse({ status }: { readonly status: VaultStatus }) {
  const engine = useEngine()
  const test = useMutation(engine.vault.test.mutationOptions())
  const { kind, since, secrets, file, problem } = status
  return (
    <Panel
      title="Where secrets are"
      actions={
        <Button size="compact-xs" variant="default" loading={test.isPending} onClick={() => test.mutate({})}>
          Test it
        </Button>
      }
    >
      <Stack gap="sm">
        <Facts
          facts={[
            [
              'State',
              problem === null ? (
                <StateBadge key="state" meaning="ok" word="Usable" />
              ) : (
                <StateBadge key="state" meaning="failure" word="Not usable" />
              ),
            ],
            ['Kind', names[kind]],
            ['In use since', <RelativeTime key="since" at={since} never="the beginning" isPast />],
            ['Holds', `${amountText(secrets, 'secret')}: tokens as hashes, and passwords`],
            ...(file === null ? [] : [['File', <code key="file">{file}</code>] as const]),
          ]}
        />
        {problem !== null && (
          <Notice meaning="failure" title="The vault cannot be used">
            {problem} Tokens that were read at the start still work; new ones cannot be issued.
          </Notice>
        )}
        {test.data && (
          <Notice meaning="ok" isNew>
            A secret was written, read back and removed, in {Math.max(1, Math.round(test.data.tookMs))} ms.
          </Notice>
        )}
        <Problem error={test.error} title="The vault did not pass the test." />
      </Stack>
    </Panel>
  )
}

function Move({ status }: { readonly status: VaultStatus }) {
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const move = useMutation(engine.vault.move.mutationOptions({ onSuccess: () => setAsking(false) }))
  const { kind, secrets } = status
  const to = kind === 'file' ? 'keychain' : 'file'
  return (
    <Panel title="Move them">
      <Stack gap="sm">
        <Text size="sm">
          {to === 'keychain'
            ? 'The keychain is locked with your sign-in to the desktop, so that a copy of the disk opens nothing. Rollcall then runs only where that keychain is unlocked.'
            : 'The file needs no desktop and no sign-in, as on a server. Whoever can read the files of this user can read it.'}
        </Text>
        {move.data && (
          <Notice meaning={move.data.leftover === null ? 'ok' : 'attention'} isNew>
            {amountText(move.data.secrets, 'secret was', 'secrets were')} moved.{' '}
            {move.data.leftover !== null &&
              `The old place could not be emptied yet: ${move.data.leftover} The next start tries again.`}
          </Notice>
        )}
        <Group>
          <Button
            variant="default"
            leftSection={to === 'keychain' ? <KeyRound size={14} aria-hidden /> : <FileLock2 size={14} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            Move to the {to}
          </Button>
        </Group>
        <ConfirmDialog
          isOpen={isAsking}
          onClose={() => {
            setAsking(false)
            move.reset()
          }}
          title={`Move ${amountText(secrets, 'secret')} to the ${to}?`}
          action={`Move to the ${to}`}
          isBusy={move.isPending}
          error={isAsking ? move.error : undefined}
          onConfirm={() => move.mutate({ to })}
        >
          Each is copied and compared; from one moment on the {to} is in use; then the old ones are removed. Requests go
          on meanwhile, and if this ends half-way nothing is lost.{' '}
          {to === 'keychain' && 'If the keychain is locked or missing, nothing is changed.'}
        </ConfirmDialog>
      </Stack>
    </Panel>
  )
}

/** Which vault is in use, whether it works, and how to move to the other. */
export function SecretsSection() {
  const engine = useEngine()
  const query = useQuery(engine.vault.status.queryOptions())
  return (
    <QueryView query={query} lines={6}>
      {(status) => (
        <>
          <InUse status={status} />
          <Move status={status} />
        </>
      )}
    </QueryView>
  )
}
