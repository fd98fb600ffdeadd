import { Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { BackupSchedule } from '../../../contract/backups.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { exactTimeText } from '../../components/text/time-text.ts'
import { useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useEngine } from '../../rpc/engine.ts'

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const choices: readonly { readonly value: BackupSchedule['every']; readonly label: string }[] = [
  { value: 'off', label: 'By hand only' },
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
]

interface BackupSchedulePanelProps {
  readonly schedule: BackupSchedule
  readonly nextAt: number | null
}

/** When backups are written by themselves, how many are kept, and where. */
export function BackupSchedulePanel({ schedule, nextAt }: BackupSchedulePanelProps) {
  const engine = useEngine()
  const [draft, setDraft] = useState(schedule)
  const [keepText, setKeepText] = useState(String(schedule.keep))
  const save = useMutation(engine.backups.setSchedule.mutationOptions())
  const change = (changes: Partial<BackupSchedule>) => setDraft({ ...draft, ...changes })
  const isOff = draft.every === 'off'
  // A field that is switched off says nothing.
  const keep = wholeNumber(keepText, 1, 365) ?? (isOff ? schedule.keep : undefined)
  const isChanged = JSON.stringify({ ...draft, keep }) !== JSON.stringify(schedule)
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (keep !== undefined) save.mutate({ ...draft, keep, folder: draft.folder?.trim() ? draft.folder.trim() : null })
  }

  return (
    <Panel title="By schedule">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Group>
            <SegmentedControl
              aria-label="How often a backup is written"
              value={draft.every}
              onChange={(every) => change({ every })}
              data={[...choices]}
            />
          </Group>
          <Group align="flex-start" gap="md">
            {draft.every === 'week' && (
              <Select
                label="On"
                data={weekdays.map((label, n) => ({ value: String(n), label }))}
                value={String(draft.weekday)}
                onChange={(value) => change({ weekday: Number(value ?? 0) })}
                allowDeselect={false}
                w={150}
              />
            )}
            <TextInput
              label="At"
              type="time"
              value={draft.at}
              disabled={isOff}
              onChange={(event) => change({ at: event.currentTarget.value })}
              w={130}
            />
            <NumberField
              label="Keep the newest"
              least={1}
              most={365}
              value={keepText}
              disabled={isOff}
              onChange={setKeepText}
              refusal="From 1 to 365."
              w={150}
            />
            <TextInput
              label="Folder on the server"
              placeholder="in the data directory"
              value={draft.folder ?? ''}
              onChange={(event) => change({ folder: event.currentTarget.value })}
              flex="1 1 240px"
            />
          </Group>
          <Text size="xs" c="dimmed" component="div">
            {nextAt === null ? (
              'No backup is due.'
            ) : (
              <>
                The next one is due <RelativeTime at={nextAt} /> ({exactTimeText(nextAt).slice(0, 16)}).
              </>
            )}{' '}
            The time is that of the server. One that was missed is made up for at the next start; one that fails is
            tried again after an hour. Backups by hand are never taken away.
          </Text>
          <Problem error={save.error} title="The schedule was not saved." />
          <Group>
            <SaveButton variant="default" isOff={!isChanged} isBusy={save.isPending}>
              Save the schedule
            </SaveButton>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
