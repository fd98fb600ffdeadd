import { Button, Group, Select, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { Policy } from '../../../contract/integrations.ts'
import { focusFirst } from '../../components/focus/focus-place.ts'
import { isolated } from '../../components/text/isolated.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { StoredForm, useFormState } from '../../components/form/stored-form.tsx'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useEngine } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { formWidth } from '../../components/page/widths.ts'

type FlagName = { [Name in keyof Policy]: Policy[Name] extends boolean ? Name : never }[keyof Policy]

interface Flag {
  readonly name: FlagName
  readonly label: string
  readonly description: string
}

const allowed: readonly Flag[] = [
  { name: 'create', label: 'Create', description: 'It may create people and groups.' },
  { name: 'update', label: 'Update', description: 'It may change them, activate and deactivate people.' },
  {
    name: 'delete',
    label: 'Delete',
    description: 'It may delete them. What is deleted is archived and can be restored.',
  },
  {
    name: 'neverDelete',
    label: 'Deactivate instead of deleting',
    description: 'A person it deletes is deactivated and stays in the directory.',
  },
  { name: 'groups', label: 'Groups', description: 'It may see and change groups. Without, it finds none.' },
]

const rules: readonly Flag[] = [
  {
    name: 'userNameMustBeEmail',
    label: 'userName must be an e-mail address',
    description:
      'Nobody is created with another one or given one. Who has one already is still updated and deactivated.',
  },
  {
    name: 'strict',
    label: 'Strict',
    description:
      'Departures from the RFC are refused instead of accepted with a note. Entra ID and others depart from it; leave this off for them.',
  },
]

const statuses = [
  { value: '200', label: '200 with the resource' },
  { value: '204', label: '204 without a body' },
]

const mostRequests = 100_000

/** What was changed alone: what somebody else has set meanwhile stays. */
function changesOf(before: Policy, after: Policy): Partial<Policy> {
  return Object.fromEntries(
    Object.entries(after).filter(
      ([name, value]) => !Object.entries(before).some(([other, was]) => other === name && was === value),
    ),
  )
}

/** What the integration may do, as whom, and how it is answered. */
export function PolicyTab({ slug }: { readonly slug: string }) {
  const engine = useEngine()
  const query = useQuery(engine.integrations.get.queryOptions({ input: { slug } }))
  return (
    <QueryView query={query} lines={8}>
      {({ policy, administrator, administratorProblem }) => (
        <StoredForm stored={{ policy, administrator }}>
          {(stored, key) => (
            <PolicyForm key={key} slug={slug} {...stored} administratorProblem={administratorProblem} />
          )}
        </StoredForm>
      )}
    </QueryView>
  )
}

interface PolicyFormProps {
  readonly slug: string
  readonly policy: Policy
  readonly administrator: string
  readonly administratorProblem: string | null
}

function PolicyForm({ slug, policy, administrator, administratorProblem }: PolicyFormProps) {
  const engine = useEngine()
  const [choice, setDraft] = useState(policy)
  const [limit, setLimit] = useState(String(policy.requestsPerSecond))
  const limitField = useRef<HTMLInputElement>(null)
  const [actsAs, setActsAs] = useState(administrator)
  const choices = useQuery(engine.integrations.administrators.queryOptions({ input: { slug } }))
  const save = useMutation(engine.integrations.setPolicy.mutationOptions())
  const refused = fieldProblems(save.error)
  const administratorRefusal = refused.get('administrator')
  const matchingProblem = refused.get('matchingAttribute') ?? refused.get('changes.matchingAttribute')
  const requestsPerSecond = limit.trim() === '' ? 0 : wholeNumber(limit, 0, mostRequests)
  const draft: Policy = { ...choice, requestsPerSecond: requestsPerSecond ?? policy.requestsPerSecond }
  const isChanged =
    requestsPerSecond === undefined || JSON.stringify(draft) !== JSON.stringify(policy) || actsAs !== administrator
  useFormState(isChanged, save)

  useEffect(() => {
    if (matchingProblem !== undefined) focusFirst('#matching-attribute')
    else if (administratorRefusal !== undefined) focusFirst('#acts-as')
  }, [matchingProblem, administratorRefusal])

  const change = (changes: Partial<Policy>) => setDraft({ ...draft, ...changes })

  const flags = (list: readonly Flag[]) =>
    list.map(({ name, label, description }) => (
      <Switch
        key={name}
        label={label}
        description={description}
        checked={draft[name]}
        onChange={(event) => change({ [name]: event.currentTarget.checked })}
      />
    ))

  const candidates = (choices.data ?? []).map(({ userName, displayName, role }) => ({
    value: userName,
    label: `${isolated(displayName ?? userName)} (${isolated(userName)}), ${role === 'administrator' ? 'Administrator' : 'User Manager'}`,
  }))
  return (
    <Stack gap="md" maw={formWidth}>
      <Panel title="SCIM administrator">
        <Select
          label="It acts as"
          description="A local user who is Administrator or User Manager. When that user is demoted or deactivated, every request fails."
          data={candidates}
          id="acts-as"
          value={actsAs}
          onChange={(value) => {
            save.reset()
            setActsAs(value ?? administrator)
          }}
          error={administratorRefusal ?? (actsAs === administrator ? (administratorProblem ?? undefined) : undefined)}
          allowDeselect={false}
          maw={480}
        />
      </Panel>
      <Panel title="What it may do">
        <Stack gap="sm">{flags(allowed)}</Stack>
      </Panel>
      <Panel title="Rules">
        <Stack gap="md">
          {flags(rules)}
          <Group gap="md" align="flex-start">
            <Select
              label="A change of a person is answered with"
              data={statuses}
              value={String(draft.userPatchStatus)}
              onChange={(value) => change({ userPatchStatus: value === '204' ? 204 : 200 })}
              allowDeselect={false}
              w={260}
            />
            <Select
              label="A change of a group is answered with"
              data={statuses}
              value={String(draft.groupPatchStatus)}
              onChange={(value) => change({ groupPatchStatus: value === '200' ? 200 : 204 })}
              allowDeselect={false}
              w={260}
            />
          </Group>
          <Group gap="md" align="flex-start">
            <TextInput
              id="matching-attribute"
              label="Matching attribute"
              description="What the identity provider is set up to match by. An index is made of it where there can be one."
              value={draft.matchingAttribute}
              error={matchingProblem}
              onChange={(event) => {
                save.reset()
                change({ matchingAttribute: event.currentTarget.value })
              }}
              w={260}
            />
            <NumberField
              ref={limitField}
              label="Requests a second at most"
              description="Beyond it, it is told to wait. 0 is no limit."
              least={0}
              most={mostRequests}
              isOptional
              value={limit}
              onChange={setLimit}
              w={260}
            />
          </Group>
        </Stack>
      </Panel>
      {matchingProblem === undefined && administratorRefusal === undefined && (
        <Problem error={save.error} title="Nothing was saved." />
      )}
      <Group gap="xs">
        <SaveButton
          id="save-policy"
          isOff={!isChanged}
          isBusy={save.isPending}
          onClick={() => {
            if (limitField.current?.checkValidity() === false) return
            save.mutate({
              slug,
              changes: changesOf(policy, draft),
              ...(actsAs === administrator ? {} : { administrator: actsAs }),
            })
          }}
        >
          Save the policy
        </SaveButton>
        {isChanged && (
          <Button
            variant="default"
            onClick={() => {
              // This button goes with the changes, and the focus with it.
              focusFirst('#save-policy')
              save.reset()
              setDraft(policy)
              setLimit(String(policy.requestsPerSecond))
              setActsAs(administrator)
            }}
          >
            Discard the changes
          </Button>
        )}
      </Group>
    </Stack>
  )
}
