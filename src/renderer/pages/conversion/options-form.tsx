import { Button, Group, Radio, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useState, type FormEvent } from 'react'
import type { Plan, PreviewStanding } from '../../../contract/conversions.ts'
import { Panel } from '../../components/page/panel.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useConnection } from '../../rpc/engine.ts'
import { useDirectory } from '../directory/use-directory.ts'
import { DomainMapFields } from './domain-map-fields.tsx'
import { ListField } from './list-field.tsx'
import { uploadList } from './list-text.ts'
import { askedSources, draftOf, optionsOf, usualSources, type OptionsDraft } from './options-draft.ts'
import { SourceOrder } from './source-order.tsx'
import { TryOutView } from './try-out-view.tsx'
import classes from './options-form.module.css'

interface OptionsFormProps {
  /** Those of the last preview. */
  readonly options: Plan['options']
  readonly onBegun: (standing: PreviewStanding) => void
  /** Hears whether something was put in that is in no preview yet. */
  readonly onChanged: (isChanged: boolean) => void
}

const directions = [
  {
    value: 'to-address',
    label: 'Short names become e-mail addresses',
    description: 'jsmith becomes john.smith@example.com, which Entra ID and Okta look for.',
  },
  {
    value: 'to-short-name',
    label: 'E-mail addresses become short names',
    description: 'The way back, for applications that know people by short names alone.',
  },
] as const

/** What the admin says about a conversion; its button makes the preview. */
export function OptionsForm({ options, onBegun, onChanged }: OptionsFormProps) {
  const { engine } = useConnection()
  const { directory } = useDirectory()
  const [draft, setDraft] = useState(() => draftOf(options))
  const [initial] = useState(draft)
  const change = (part: Partial<OptionsDraft>) => setDraft((before) => ({ ...before, ...part }))
  const begin = useMutation({
    async mutationFn() {
      const list = draft.list ? await uploadList(engine, draft.list) : null
      return engine.conversions.beginPreview({ directory, options: optionsOf(draft), list })
    },
    onSuccess: onBegun,
  })
  const isToAddress = draft.direction === 'to-address'
  const isChanged = JSON.stringify(draft) !== JSON.stringify(initial)
  useEffect(() => onChanged(isChanged), [onChanged, isChanged])
  const hasSource = askedSources(draft).length > 0

  function submit(event: FormEvent): void {
    event.preventDefault()
    begin.mutate()
  }

  return (
    <form onSubmit={submit} className={classes['form']}>
      <Panel title="What becomes what">
        <Stack gap="md">
          <Radio.Group
            aria-label="Direction"
            value={draft.direction}
            onChange={(value) => {
              const direction = directions.find((each) => each.value === value)?.value ?? 'to-address'
              change({ direction, sources: usualSources(direction) })
            }}
          >
            <Stack gap={6}>
              {directions.map((each) => (
                <Radio key={each.value} size="xs" {...each} />
              ))}
            </Stack>
          </Radio.Group>
          <SourceOrder draft={draft} onChange={(sources) => change({ sources })} />
          {!hasSource && (
            <Notice meaning="attention">Switch on a source that can be asked, or give what it needs.</Notice>
          )}
        </Stack>
      </Panel>
      <Panel title="Domain and pattern">
        <Stack gap="sm">
          <div className={classes['pair']}>
            <TextInput
              label="Domain"
              description={isToAddress ? 'Completes a pattern without @.' : 'Only addresses of it are shortened.'}
              placeholder="example.com"
              value={draft.domain}
              onChange={(event) => change({ domain: event.currentTarget.value })}
              spellCheck={false}
            />
            <TextInput
              label="Pattern"
              description="Attributes in braces; :1 is the first letter."
              placeholder={isToAddress ? '{name.givenName}.{name.familyName}' : '{name.givenName:1}{name.familyName}'}
              value={draft.pattern}
              onChange={(event) => change({ pattern: event.currentTarget.value })}
              spellCheck={false}
            />
          </div>
          <Switch
            size="xs"
            label="Write ä, ö, ü as ae, oe, ue in patterns"
            checked={draft.umlauts === 'german'}
            onChange={(event) => change({ umlauts: event.currentTarget.checked ? 'german' : 'plain' })}
          />
          <TryOutView options={optionsOf(draft)} hasList={draft.list !== null} />
        </Stack>
      </Panel>
      <Panel title="Exceptions">
        <Stack gap="md">
          <DomainMapFields domains={draft.domains} onChange={(domains) => change({ domains })} />
          <ListField
            label="List of old and new user IDs"
            description="Two columns of CSV, with a heading or without. It also converts who would be left otherwise."
            placeholder={'jsmith,john.smith@example.com'}
            list={draft.list}
            onChange={(list) => change({ list })}
          />
          <div>
            <Switch
              size="xs"
              label="Convert people whom an identity provider manages, too"
              checked={draft.includeScim}
              onChange={(event) => change({ includeScim: event.currentTarget.checked })}
            />
            {draft.includeScim && (
              <Stack mt="xs">
                <Notice meaning="attention" title="Change the identity provider’s mapping of userName first" isNew>
                  One that still sends the old user IDs renames these people back with its next cycle, or creates them a
                  second time.
                </Notice>
              </Stack>
            )}
          </div>
        </Stack>
      </Panel>
      <Problem error={begin.error} title="The preview was not begun." />
      <Group gap="sm">
        <Button type="submit" loading={begin.isPending} disabled={!hasSource}>
          Preview the conversion
        </Button>
        <span className={classes['aside']}>Nothing is changed by a preview.</span>
      </Group>
    </form>
  )
}
