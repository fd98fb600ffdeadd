import { Button, Checkbox, Code, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { attributeType, type CustomAttribute } from '../../../contract/attributes.ts'
import { InputDialog } from '../../components/dialog/input-dialog.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { useEngine } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { typeNames } from './type-text.ts'
import classes from './new-attribute-dialog.module.css'

interface NewAttributeDialogProps {
  readonly directory: string
  readonly onClose: () => void
  readonly onAdded: (attribute: CustomAttribute) => void
}

/** Defines an attribute. Its exact name is seen while it is typed. */
export function NewAttributeDialog({ directory, onClose, onAdded }: NewAttributeDialogProps) {
  const engine = useEngine()
  const [name, setName] = useState('')
  const [type, setType] = useState<CustomAttribute['type']>('string')
  const [multiValued, setMultiValued] = useState(false)
  const [urn, setUrn] = useState('')
  const usualUrn = useQuery(engine.attributes.defaultUrn.queryOptions()).data ?? ''
  const add = useMutation(engine.attributes.add.mutationOptions({ onSuccess: onAdded }))
  const problems = fieldProblems(add.error)
  const form = useFocusOnReason<HTMLFormElement>(add.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    add.mutate({ directory, name, type, multiValued, urn: urn.trim() === '' ? null : urn })
  }

  const isChanged = name.trim() !== '' || urn.trim() !== '' || type !== 'string' || multiValued
  const whole = `${urn.trim() || usualUrn}:${name.trim() || 'name'}`
  return (
    <InputDialog
      title="Define an attribute of users"
      size="lg"
      isUnsaved={isChanged && !add.isPending}
      onClose={onClose}
    >
      {(cancel) => (
        <form ref={form} onSubmit={submit} noValidate>
          <Stack gap="md">
            <TextInput
              label="Name"
              description="A letter first, then letters, digits, hyphens and underscores. It cannot be changed later."
              placeholder="badgeNumber"
              required
              data-autofocus
              value={name}
              error={problems.get('name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Group align="flex-end" gap="md">
              <Select
                label="Type of its values"
                data={attributeType.options.map((each) => ({ value: each, label: typeNames[each] }))}
                value={type}
                allowDeselect={false}
                w={220}
                onChange={(next) => setType(attributeType.options.find((each) => each === next) ?? 'string')}
              />
              <Checkbox
                mb={8}
                label="It can have several values"
                checked={multiValued}
                onChange={(event) => setMultiValued(event.currentTarget.checked)}
              />
            </Group>
            <TextInput
              label="Extension URN"
              description="Leave it empty for Rollcall’s own. An identity provider may want one of yours."
              placeholder={usualUrn}
              value={urn}
              error={problems.get('urn')}
              onChange={(event) => setUrn(event.currentTarget.value)}
              classNames={{ input: classes['mono'] ?? '' }}
            />
            <div>
              <Text size="xs" c="dimmed">
                In the identity provider it is called
              </Text>
              <Code className="breakable">{whole}</Code>
            </div>
            {problems.size === 0 && <Problem error={add.error} title="Nothing was defined." />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={cancel}>
                Cancel
              </Button>
              <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
                Define the attribute
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </InputDialog>
  )
}
