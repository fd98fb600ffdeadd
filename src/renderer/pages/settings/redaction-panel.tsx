import { Group, Stack, TagsInput, Text } from '@mantine/core'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { RedactionPreview } from '../../../contract/storage.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { DiffView } from '../../components/viewer/diff-view.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useFormState } from '../../components/form/stored-form.tsx'
import { problemOf } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'

const common = [
  'name.familyName',
  'name.givenName',
  'displayName',
  'emails.value',
  'phoneNumbers.value',
  'addresses',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
]

function asJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}

function Preview({ preview, isBare }: { readonly preview: RedactionPreview; readonly isBare: boolean }) {
  const { looked, affected, example } = preview
  return (
    <Stack gap={6}>
      <Text size="sm">
        {isBare
          ? 'Now only passwords and what is named like a secret are left out, such as here:'
          : looked === 0
            ? 'No request has come yet; this is a made-up person:'
            : affected === 0
              ? `None of the newest ${amountText(looked, 'request')} holds one of them. A made-up person:`
              : `${affected === 1 ? 'One' : affected} of the newest ${amountText(looked, 'request')} ${affected === 1 ? 'holds' : 'hold'} one of them, such as this one (${example.title}):`}
      </Text>
      <DiffView
        before={asJson(example.before)}
        after={asJson(example.after)}
        label="What would be hidden"
        context={2}
      />
    </Stack>
  )
}

/** Attributes whose values never reach the log, with what that looks like. */
export function RedactionPanel({ stored }: { readonly stored: readonly string[] }) {
  const engine = useEngine()
  const [paths, setPaths] = useState<readonly string[]>(stored)
  const attributes = useQuery(engine.attributes.list.queryOptions({ input: {} }))
  const save = useMutation(engine.settings.set.mutationOptions())
  const preview = useQuery(
    engine.storage.previewRedaction.queryOptions({
      input: { paths: [...paths] },
      placeholderData: keepPreviousData,
      retry: false,
    }),
  )
  const isChanged = paths.join(',') !== stored.join(',')
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ name: 'journal-redact', value: paths.join(',') })
  }

  return (
    <Panel title="What is never stored">
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            Passwords and tokens are never stored, nor is what is named like a secret: token, clientSecret, apiKey, pin.
            Name further attributes whose values are to be left out of every request from now on; what is in the log
            already stays until it is deleted.
          </Text>
          <TagsInput
            label="Attributes"
            description="A path, such as name.familyName, or an attribute under its URN. Enter adds it."
            placeholder={paths.length === 0 ? 'name.familyName' : ''}
            data={[...common, ...(attributes.data ?? []).map((each) => each.mappingName)].filter(
              (each) => !paths.includes(each),
            )}
            value={[...paths]}
            onChange={setPaths}
            error={preview.isError ? problemOf(preview.error) : undefined}
            splitChars={[',', ' ']}
            clearable
          />
          {preview.data && !preview.isError && <Preview preview={preview.data} isBare={paths.length === 0} />}
          <Problem error={save.error} title="The list was not saved." />
          <Group>
            <SaveButton variant="default" isOff={!isChanged || preview.isError} isBusy={save.isPending}>
              Save the list
            </SaveButton>
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
