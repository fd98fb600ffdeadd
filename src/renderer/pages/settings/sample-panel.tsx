import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'

/** The sample organisation: made, made anew, removed. */
export function SamplePanel() {
  const engine = useEngine()
  const [asked, setAsked] = useState<'reset' | 'remove'>()
  const close = () => setAsked(undefined)
  const query = useQuery(engine.directories.sample.queryOptions({ input: {} }))
  const add = useMutation(engine.directories.addSample.mutationOptions())
  const reset = useMutation(engine.directories.resetSample.mutationOptions({ onSuccess: close }))
  const remove = useMutation(engine.directories.removeSample.mutationOptions({ onSuccess: close }))
  return (
    <Panel title="Sample organisation">
      <QueryView query={query} lines={2}>
        {({ users, groups }) => {
          const isThere = users + groups > 0
          return (
            <Stack gap="sm">
              <Text size="sm">
                {isThere ? (
                  <>
                    {amountText(users, 'person', 'people')} and {amountText(groups, 'group')} of the sample are in the
                    directory, each marked as a sample. <TextLink href="/users">See them</TextLink>
                  </>
                ) : (
                  'Thirty made-up people and five groups, each marked as a sample, to look around with.'
                )}
              </Text>
              {remove.data && (
                <Notice meaning="ok" isNew>
                  {amountText(remove.data.users, 'person', 'people')} and {amountText(remove.data.groups, 'group')} were
                  removed.
                  {remove.data.kept > 0 &&
                    ` ${amountText(remove.data.kept, 'record')} that an identity provider manages by now, or that has a role, stayed.`}
                </Notice>
              )}
              <Problem error={add.error} />
              <Group gap="xs">
                {isThere ? (
                  <>
                    <Button variant="default" onClick={() => setAsked('reset')}>
                      Reset the sample
                    </Button>
                    <Button color="red" variant="outline" onClick={() => setAsked('remove')}>
                      Remove the sample
                    </Button>
                  </>
                ) : (
                  <Button variant="default" loading={add.isPending} onClick={() => add.mutate({})}>
                    Fill with the sample organisation
                  </Button>
                )}
              </Group>
              <ConfirmDialog
                isOpen={asked === 'reset'}
                onClose={close}
                title="Reset the sample organisation?"
                action="Reset the sample"
                isDangerous
                isBusy={reset.isPending}
                error={reset.error}
                onConfirm={() => reset.mutate({})}
              >
                What you changed on its people and groups is lost, and those that you deleted come back. Nobody else is
                touched.
              </ConfirmDialog>
              <ConfirmDialog
                isOpen={asked === 'remove'}
                onClose={close}
                title={`Remove ${amountText(users, 'sample person', 'sample people')} and ${amountText(groups, 'sample group')}?`}
                action="Remove the sample"
                isDangerous
                isBusy={remove.isPending}
                error={remove.error}
                onConfirm={() => remove.mutate({})}
              >
                They are removed for good. Records that an identity provider manages by now are kept. The sample can be
                added again.
              </ConfirmDialog>
            </Stack>
          )
        }}
      </QueryView>
    </Panel>
  )
}
