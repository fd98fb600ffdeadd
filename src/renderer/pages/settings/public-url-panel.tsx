import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { EndpointConfiguration, ReachReport, ReachStep } from '../../../contract/endpoint.ts'
import { besideField } from '../../components/form/beside-field.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StatusList } from '../../components/state/status-list.tsx'
import { durationText } from '../../components/text/time-text.ts'
import { useFormState } from '../../components/form/stored-form.tsx'
import { inputProblem } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'
import { GivenAtStart } from './given-at-start.tsx'

const meanings = { ok: 'ok', remark: 'attention', failed: 'failure' } as const
const words = { ok: 'Well', remark: 'Worth knowing', failed: 'Failed' } as const
const titles: Readonly<Record<ReachStep['step'], string>> = {
  address: 'Address',
  name: 'Name',
  connection: 'Connection',
  certificate: 'Certificate',
  answer: 'Answer',
}

function Report({ report }: { readonly report: ReachReport }) {
  return (
    <Stack gap="sm">
      {report.failure === null ? (
        <Notice meaning="ok" title="The public URL leads here" isNew>
          A request went out to {report.url}, and came in at this endpoint. From outside your network it may still be
          another way: a firewall may let this machine through and nobody else.
        </Notice>
      ) : (
        <Notice meaning="failure" title="The public URL does not lead here" isNew>
          {report.nextStep}
        </Notice>
      )}
      <StatusList
        label="What was looked at"
        items={report.steps.map(({ step, state, sentence }) => ({
          key: step,
          meaning: meanings[state],
          word: words[state],
          title: titles[step],
          text: sentence,
        }))}
      />
      <Text size="xs" c="dimmed">
        Tested <RelativeTime at={report.at} isPast />, in {durationText(report.tookMs * 1000)}.
      </Text>
    </Stack>
  )
}

/** The address by which identity providers reach the endpoint, and a test that goes there. */
export function PublicUrlPanel({ configuration }: { readonly configuration: EndpointConfiguration }) {
  const { value, origin } = configuration.publicUrl
  const engine = useEngine()
  const [text, setText] = useState(value ?? '')
  const last = useQuery(engine.endpoint.lastReach.queryOptions())
  const save = useMutation(engine.endpoint.configure.mutationOptions())
  const test = useMutation(engine.endpoint.testReach.mutationOptions())
  const isChanged = text.trim() !== (value ?? '')
  const problem = inputProblem(save.error)
  useFormState(isChanged, save)
  const shown = last.data?.url === value ? last.data : undefined

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ publicUrl: text.trim() === '' ? null : text.trim() })
  }

  return (
    <Panel title="Public URL">
      <Stack gap="md">
        <form onSubmit={submit}>
          <Stack gap={6}>
            <TextInput
              label="The address by which identity providers reach the endpoint"
              description="That of a tunnel or a reverse proxy. Empty: where it listens. It takes effect at once."
              placeholder="https://scim.example.com"
              inputMode="url"
              value={text}
              disabled={origin === 'start'}
              error={problem}
              onChange={(event) => setText(event.currentTarget.value)}
              inputContainer={besideField(
                <SaveButton variant="default" h={36} isOff={!isChanged} isBusy={save.isPending}>
                  Save the URL
                </SaveButton>,
                { flex: '1 1 320px' },
              )}
            />
            {problem === undefined && <Problem error={save.error} title="The URL was not saved." />}
            <GivenAtStart origin={origin} option="--public-url" />
          </Stack>
        </form>
        <Group gap="sm">
          <Button
            loading={test.isPending}
            disabled={value === null || isChanged}
            onClick={() => test.mutate({})}
            variant={configuration.needsRestart ? 'default' : 'filled'}
          >
            Test whether it leads here
          </Button>
          <Text size="xs" c="dimmed" flex={1} miw={220}>
            {isChanged
              ? 'Save it first.'
              : value === null
                ? 'There is no public URL to test.'
                : 'Rollcall goes there as an identity provider would, with a token that opens nothing but this test.'}
          </Text>
        </Group>
        <Problem error={test.error} title="The test could not be made." />
        {shown && !test.isPending && !isChanged && <Report report={shown} />}
      </Stack>
    </Panel>
  )
}
