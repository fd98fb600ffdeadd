import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { PreviewStanding } from '../../../contract/conversions.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useConnectionState, useEngine } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'

/** A preview that is being made. */
export function PreviewProgress({ standing }: { readonly standing: PreviewStanding }) {
  const engine = useEngine()
  const { directory } = useDirectory()
  const isLost = useConnectionState().kind === 'lost'
  const cancel = useMutation(engine.conversions.cancelPreview.mutationOptions())
  const { phase, done, total } = standing
  const isCounted = phase === 'users' && total > 0
  return (
    <Panel title={standing.undoes === null ? 'Looking at everybody' : 'Looking at what an undo would do'}>
      <Stack gap="sm">
        <Progress.Root size="md">
          <Progress.Section
            value={isCounted ? (done / total) * 100 : 100}
            animated={!isCounted && !isLost}
            aria-label="Looked at so far"
          />
        </Progress.Root>
        <Group justify="space-between">
          <Text size="sm" className="tabular" role="status">
            {isCounted
              ? `${numberText(done)} of ${amountText(total, 'person', 'people')} looked at`
              : phase === 'settle'
                ? 'Looking who would be in whose way'
                : 'Beginning'}
          </Text>
          <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ directory })}>
            Cancel the preview
          </Button>
        </Group>
        {isLost && (
          <Notice meaning="attention" title="Not connected to Rollcall" isNew>
            This is how the preview stood when it was last heard of. It goes on in the server, but not after a restart
            of it.
          </Notice>
        )}
        <Text size="xs" c="dimmed">
          Nothing in the directory is changed. You may leave this screen: the preview is made all the same.
        </Text>
        <Problem error={cancel.error} />
      </Stack>
    </Panel>
  )
}
