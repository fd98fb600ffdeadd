import { Button, Checkbox, Group, Radio, Stack, Text, TextInput, UnstyledButton } from '@mantine/core'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState, type FormEvent, type ReactNode, type Ref } from 'react'
import type { TestChoices } from '../../../contract/endpoint-tests.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { OwnUrlButton } from './own-url-button.tsx'
import type { DraftProblems, TestDraft } from './test-draft.ts'
import { TestEffects } from './test-effects.tsx'
import classes from './diagnosis.module.css'

interface TestFormProps {
  readonly choices: TestChoices
  readonly draft: TestDraft
  readonly tokenField: Ref<HTMLInputElement>
  /** What is wrong with which field. */
  readonly problems: DraftProblems & { readonly url?: string | undefined; readonly token?: string | undefined }
  /** A test is under way already. */
  readonly isUnderWay: boolean
  readonly isBeginning: boolean
  /** Why nothing came of it, beside the button. */
  readonly children: ReactNode
  readonly onChange: (draft: TestDraft) => void
  /** Something else was typed as the token. */
  readonly onToken: () => void
  readonly onSubmit: () => void
}

const radio = { description: classes['described'] ?? '' }

/** What is tested, and how; its button begins. */
export function TestForm(props: TestFormProps) {
  const { choices, draft, tokenField, problems, isUnderWay, isBeginning, children, onToken, onSubmit } = props
  const [isMore, setMore] = useState(draft.seed !== '' || draft.keep)
  const change = (changes: Partial<TestDraft>) => props.onChange({ ...draft, ...changes })
  const played = choices.idps.find(({ id }) => id === draft.what)
  const More = isMore ? ChevronDown : ChevronRight

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (!isUnderWay) onSubmit()
  }

  return (
    <Panel title="Test an endpoint">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <div>
            <TextInput
              label="SCIM URL"
              description="As it is pasted into an identity provider, without its flags."
              placeholder="https://scim.example.com/scim/v2"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={draft.url}
              error={problems.url}
              onChange={(event) => change({ url: event.currentTarget.value })}
            />
            <Group mt={6}>
              <OwnUrlButton onChoose={(url) => change({ url })} />
            </Group>
          </div>
          <TextInput
            ref={tokenField}
            type="password"
            label="Token"
            description="For this test alone: it is not stored, and stands in no report."
            autoComplete="new-password"
            spellCheck={false}
            error={problems.token}
            onChange={onToken}
          />
          <Radio.Group label="What to do" value={draft.what} onChange={(what) => change({ what })}>
            <Stack gap={8} mt={6}>
              <Radio
                size="xs"
                classNames={radio}
                value="check"
                label="Check against the RFCs"
                description="A hundred points, one by one; with a report for the endpoint’s maker."
              />
              {choices.idps.map(({ id, name }) => (
                <Radio
                  key={id}
                  size="xs"
                  classNames={radio}
                  value={id}
                  label={`Play ${name}`}
                  description={`Provisions made-up people as ${name} does, from the connection test to the end.`}
                />
              ))}
            </Stack>
          </Radio.Group>
          {played && (
            <>
              <div className={classes['pair']}>
                <NumberField
                  label="People"
                  description={`At most ${numberText(choices.mostUsers)}`}
                  least={1}
                  most={choices.mostUsers}
                  value={draft.users}
                  error={problems.users}
                  onChange={(users) => change({ users })}
                />
                <NumberField
                  label="Groups"
                  description={`At most ${numberText(choices.mostGroups)}`}
                  least={0}
                  most={choices.mostGroups}
                  value={draft.groups}
                  error={problems.groups}
                  onChange={(groups) => change({ groups })}
                />
              </div>
              <div>
                <UnstyledButton className={classes['more']} aria-expanded={isMore} onClick={() => setMore(!isMore)}>
                  <More size={14} aria-hidden />
                  More
                </UnstyledButton>
                {isMore && (
                  <Stack gap="sm" mt="xs">
                    <NumberField
                      label="Seed"
                      description="The same one gives the same people and requests. Empty: a new one."
                      least={0}
                      most={choices.seeds - 1}
                      isOptional
                      value={draft.seed}
                      error={problems.seed}
                      onChange={(seed) => change({ seed })}
                    />
                    <Checkbox
                      size="xs"
                      label="Leave what was made, and deprovision nobody"
                      checked={draft.keep}
                      onChange={(event) => change({ keep: event.currentTarget.checked })}
                    />
                  </Stack>
                )}
              </div>
            </>
          )}
          <TestEffects draft={draft} name={played?.name} />
          {children}
          <Group gap="sm">
            <Button type="submit" loading={isBeginning} disabled={isUnderWay}>
              {played ? `Play ${played.name}` : 'Check the endpoint'}
            </Button>
            {isUnderWay && (
              <Text size="sm" c="dimmed">
                One test goes on at a time.
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Panel>
  )
}
