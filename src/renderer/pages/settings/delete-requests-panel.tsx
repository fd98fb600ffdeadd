import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'

const hour = 3_600_000
const day = 24 * hour
const ages = [
  { value: String(90 * day), label: '90 days' },
  { value: String(30 * day), label: '30 days' },
  { value: String(7 * day), label: '7 days' },
  { value: String(day), label: 'one day' },
  { value: String(hour), label: 'one hour' },
  { value: '0', label: 'this moment: everything' },
]

/** Deletes from the log what is older than a time. */
export function DeleteRequestsPanel() {
  const engine = useEngine()
  const now = useNow()
  const [age, setAge] = useState(String(7 * day))
  // What is asked about is what is deleted, however long somebody looks at the question.
  const [asked, setAsked] = useState<number>()
  const before = asked ?? now - Number(age)
  const found = useQuery(
    engine.storage.countRequests.queryOptions({ input: { before }, placeholderData: (last) => last }),
  )
  const remove = useMutation(engine.storage.deleteRequests.mutationOptions({ onSuccess: () => setAsked(undefined) }))
  const count = found.data?.count
  const what = ages.find((each) => each.value === age)?.label ?? ''
  return (
    <Panel title="Delete old requests now">
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <Select
            label="Older than"
            data={ages}
            value={age}
            onChange={(value) => setAge(value ?? age)}
            allowDeselect={false}
            w={230}
          />
          <Button
            variant="default"
            h={36}
            leftSection={<Trash2 size={14} aria-hidden />}
            disabled={count === undefined || count === 0}
            onClick={() => setAsked(now - Number(age))}
          >
            {count === undefined
              ? 'Delete'
              : count === 0
                ? 'Nothing is older'
                : `Delete ${amountText(count, 'request')}`}
          </Button>
        </Group>
        <Text size="xs" c="dimmed">
          They are overwritten on the disk. Users, groups and their history stay, and so do requests that are pinned:
          unpin them to be rid of them. Only backups of the machine may still have the others.
        </Text>
        <Problem error={found.error} />
        {remove.data && (
          <Notice meaning="ok" isNew>
            {amountText(remove.data.requests, 'request was', 'requests were')} deleted.
          </Notice>
        )}
        <ConfirmDialog
          isOpen={asked !== undefined}
          onClose={() => setAsked(undefined)}
          title={age === '0' ? 'Delete the whole request log?' : `Delete the requests that are older than ${what}?`}
          action={count === undefined ? 'Delete them' : `Delete ${amountText(count, 'request')}`}
          isDangerous
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ before })}
        >
          {amountText(count ?? 0, 'request')} with headers, bodies and explanations are deleted for good. This cannot be
          undone. Export them first if somebody may ask for them.
        </ConfirmDialog>
      </Stack>
    </Panel>
  )
}
