import { Group, Progress, Select, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Usage } from '../../../contract/storage.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Facts } from '../../components/viewer/facts.tsx'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useConnection } from '../../rpc/engine.ts'

const units = [
  { value: 'M', label: 'MB', bytes: 1024 ** 2 },
  { value: 'G', label: 'GB', bytes: 1024 ** 3 },
] as const

const mostDays = 9999
const mostSize = 999_999
/** Megabytes. */
const leastSize = 16

/** `2.6 MB` of 1,024 × 1,024 bytes each, as the limit is counted. */
function sizeText(bytes: number): string {
  const [mega, giga] = units
  const unit = bytes >= giga.bytes ? giga : mega
  const count = bytes / unit.bytes
  return `${count >= 100 || Number.isInteger(count) ? Math.round(count) : count.toFixed(1)} ${unit.label}`
}

/** The largest unit in which a size is a whole number. */
function sizeOf(bytes: number): { readonly count: number; readonly unit: 'M' | 'G' } {
  return bytes % units[1].bytes === 0
    ? { count: bytes / units[1].bytes, unit: 'G' }
    : { count: Math.round(bytes / units[0].bytes), unit: 'M' }
}

/** When the log is as large as it may be; nothing where it stays below. */
function fullText({ journal, journalPerDay, maxBytes, keepDays }: Usage): string {
  if (journalPerDay === null) return 'It is too young to tell how fast it grows.'
  const growth = `It grows by about ${sizeText(journalPerDay)} a day`
  const days = Math.round((maxBytes - journal) / journalPerDay)
  if (journalPerDay * keepDays <= maxBytes) return `${growth}, so that the days are what limits it.`
  return days <= 0
    ? `${growth}, and is full: the oldest requests go, younger than the days allow.`
    : `${growth} and is full in about ${amountText(days, 'day')}; then the oldest go earlier.`
}

interface RetentionPanelProps {
  readonly usage: Usage
  /** From which the form is made; what is so in the end is told by the usage. */
  readonly limits: Pick<Usage, 'keepDays' | 'maxBytes'>
}

/** How long requests are kept, how large the log may grow, and what is used. */
export function RetentionPanel({ usage, limits }: RetentionPanelProps) {
  const { engine } = useConnection()
  const size = sizeOf(limits.maxBytes)
  const [daysText, setDays] = useState(String(limits.keepDays))
  const [countText, setCount] = useState(String(size.count))
  const [unit, setUnit] = useState<string>(size.unit)
  const days = wholeNumber(daysText, 1, mostDays)
  const least = unit === 'M' ? leastSize : 1
  const count = wholeNumber(countText, least, mostSize)
  const isSizeChanged = count !== size.count || unit !== size.unit
  const save = useMutation({
    mutationFn: async () => {
      if (days !== limits.keepDays) await engine.settings.set({ name: 'journal-days', value: String(days) })
      if (isSizeChanged) await engine.settings.set({ name: 'journal-size', value: `${count}${unit}` })
    },
  })
  const isChanged = days !== limits.keepDays || isSizeChanged
  useFormState(isChanged, save)
  const share = Math.min(100, (usage.journal / usage.maxBytes) * 100)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate()
  }

  return (
    <Panel title="How long requests are kept">
      <Stack gap="md">
        <Stack gap={6}>
          <Progress.Root size="md">
            <Progress.Section value={share} aria-label="Used by the request log" />
          </Progress.Root>
          <Text size="sm" className="tabular" component="div">
            {sizeText(usage.journal)} of {sizeText(usage.maxBytes)}, {amountText(usage.requests.count, 'request')}
            {usage.requests.oldestAt !== null && (
              <>
                , the oldest <RelativeTime at={usage.requests.oldestAt} isPast />
              </>
            )}
            . {usage.requests.count > 0 && fullText(usage)}
          </Text>
          {usage.requests.droppedOfStrangers > 0 && (
            <Text size="sm" className="tabular">
              {amountText(usage.requests.droppedOfStrangers, 'refused request')} from senders without a valid token went
              early, so that the others could stay.
            </Text>
          )}
        </Stack>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Group align="flex-start" gap="md">
              <NumberField
                label="Days"
                description="Older requests are deleted."
                least={1}
                most={mostDays}
                value={daysText}
                onChange={setDays}
                w={180}
              />
              <NumberField
                label="Size at most"
                description="Beyond it, the oldest go first."
                least={least}
                most={mostSize}
                value={countText}
                onChange={setCount}
                beside={
                  <>
                    <Select
                      aria-label="Unit of the size"
                      data={units.map(({ value, label }) => ({ value, label }))}
                      value={unit}
                      onChange={(value) => setUnit(value ?? 'G')}
                      allowDeselect={false}
                      w={84}
                    />
                    <SaveButton h={36} isOff={!isChanged} isBusy={save.isPending}>
                      Save
                    </SaveButton>
                  </>
                }
              />
            </Group>
            <Problem error={save.error} title="That was not saved." />
          </Stack>
        </form>
        <Facts
          facts={[
            ['Request log', sizeText(usage.journal)],
            ['Users, groups, audit', sizeText(usage.database)],
            ['Backups', sizeText(usage.backups)],
            ['Free on the disk', sizeText(usage.free)],
            ['Data directory', <code key="folder">{usage.dataDir}</code>],
          ]}
        />
        {usage.free < usage.maxBytes - usage.journal && (
          <Text size="sm" c="red" role="note">
            The disk has less room than the log may still take ({sizeText(usage.maxBytes - usage.journal)}). Let it keep
            less, or make room, before it is full.
          </Text>
        )}
      </Stack>
    </Panel>
  )
}
