import { Autocomplete, Group, SegmentedControl, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { NotificationSchedule } from '../../../contract/notifications.ts'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StoredForm, useFormState } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'

const digests: readonly { readonly value: NotificationSchedule['digest']['kind']; readonly label: string }[] = [
  { value: 'off', label: 'Each by itself' },
  { value: 'hourly', label: 'Once an hour' },
  { value: 'daily', label: 'Once a day' },
]
const usualNight = { from: '22:00', to: '07:00' }
const usualMorning = '08:00'
const zones = Intl.supportedValuesOf('timeZone')

interface ScheduleFormProps {
  readonly schedule: NotificationSchedule
  readonly serverZone: string
}

function ScheduleForm({ schedule, serverZone }: ScheduleFormProps) {
  const engine = useEngine()
  const [draft, setDraft] = useState(schedule)
  const save = useMutation(engine.notifications.setSchedule.mutationOptions())
  const { quietHours, digest, zone, tellsRecovery } = draft
  const change = (changes: Partial<NotificationSchedule>) => setDraft({ ...draft, ...changes })
  const isChanged = JSON.stringify(draft) !== JSON.stringify(schedule)
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate(draft)
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Switch
          label="Quiet hours"
          description="What comes up in them is told at their end. What is urgent is told at once."
          checked={quietHours !== null}
          onChange={(event) => change({ quietHours: event.currentTarget.checked ? usualNight : null })}
        />
        {quietHours !== null && (
          <Group gap="md">
            <TextInput
              label="From"
              type="time"
              value={quietHours.from}
              onChange={(event) => change({ quietHours: { ...quietHours, from: event.currentTarget.value } })}
              w={130}
            />
            <TextInput
              label="To"
              type="time"
              value={quietHours.to}
              onChange={(event) => change({ quietHours: { ...quietHours, to: event.currentTarget.value } })}
              w={130}
            />
          </Group>
        )}
        <div>
          <Text size="sm" fw={500} mb={4}>
            Mails
          </Text>
          <SegmentedControl
            aria-label="Mails"
            value={digest.kind}
            onChange={(kind) => change({ digest: kind === 'daily' ? { kind, at: usualMorning } : { kind } })}
            data={[...digests]}
          />
        </div>
        {digest.kind === 'daily' && (
          <TextInput
            label="At"
            type="time"
            value={digest.at}
            onChange={(event) => change({ digest: { kind: 'daily', at: event.currentTarget.value } })}
            w={130}
          />
        )}
        <Autocomplete
          label="Time zone"
          description={`Of quiet hours and the daily mail. Empty: that of the server, ${serverZone}.`}
          placeholder={serverZone}
          data={zones}
          limit={20}
          value={zone ?? ''}
          onChange={(value) => change({ zone: value.trim() === '' ? null : value.trim() })}
          maw={320}
        />
        <Switch
          label="Tell when something is over"
          description="An alert whose cause has gone gets a second message that says so."
          checked={tellsRecovery}
          onChange={(event) => change({ tellsRecovery: event.currentTarget.checked })}
        />
        <Problem error={save.error} title="The schedule was not saved." />
        <Group>
          <SaveButton isOff={!isChanged} isBusy={save.isPending}>
            Save the schedule
          </SaveButton>
        </Group>
      </Stack>
    </form>
  )
}

/** When messages are sent, and whether together. */
export function ScheduleSection() {
  const engine = useEngine()
  const query = useQuery(engine.notifications.get.queryOptions())
  return (
    <Panel title="When it is told">
      <QueryView query={query} lines={6}>
        {({ schedule, serverZone }) => (
          <StoredForm stored={schedule}>
            {(seen, key) => <ScheduleForm key={key} schedule={seen} serverZone={serverZone} />}
          </StoredForm>
        )}
      </QueryView>
    </Panel>
  )
}
