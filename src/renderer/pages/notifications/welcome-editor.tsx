import { Button, Code, Group, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Welcome, WelcomeTemplate } from '../../../contract/notifications.ts'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { LimitedArea } from '../../components/form/limited-area.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useFormState } from '../../components/form/stored-form.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { SentNotice } from './sent-notice.tsx'
import { WelcomePreview } from './welcome-preview.tsx'
import classes from './notifications.module.css'

/** What the engine takes, in characters. */
const longestTemplate = 100_000

interface WelcomeEditorProps {
  readonly slug: string
  readonly welcome: Welcome
  readonly hasMail: boolean
}

/** The template of an integration's welcome mail, with its preview and its test. */
export function WelcomeEditor({ slug, welcome, hasMail }: WelcomeEditorProps) {
  const engine = useEngine()
  const [draft, setDraft] = useState(welcome.template)
  // What was typed stays while the switch is off, until the template is saved so.
  const [keptHtml, setKeptHtml] = useState(welcome.template.html ?? '<p>Hello {{displayName}},</p>')
  const [userName, setUserName] = useState('')
  const [to, setTo] = useState('')
  const save = useMutation(engine.notifications.setWelcome.mutationOptions())
  const test = useMutation(engine.notifications.testWelcome.mutationOptions())
  const change = (changes: Partial<WelcomeTemplate>) => setDraft({ ...draft, ...changes })
  const isChanged = JSON.stringify(draft) !== JSON.stringify(welcome.template)
  useFormState(isChanged, save)

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ slug, template: draft })
  }

  function sendTest(event: FormEvent): void {
    event.preventDefault()
    test.mutate({ slug, template: draft, userName: userName.trim() || null, to: to.trim() })
  }

  return (
    <div className={classes['editor']}>
      <Panel title="Template">
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              label="Subject"
              maxLength={1000}
              value={draft.subject}
              onChange={(event) => change({ subject: event.currentTarget.value })}
            />
            <LimitedArea
              label="Text"
              limit={longestTemplate}
              autosize
              minRows={6}
              maxRows={20}
              value={draft.text}
              onChange={(event) => change({ text: event.currentTarget.value })}
            />
            <Switch
              label="Also as HTML"
              checked={draft.html !== null}
              onChange={(event) => {
                if (draft.html !== null) setKeptHtml(draft.html)
                change({ html: event.currentTarget.checked ? keptHtml : null })
              }}
            />
            {draft.html !== null && (
              <LimitedArea
                label="HTML"
                limit={longestTemplate}
                autosize
                minRows={6}
                maxRows={20}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
                value={draft.html}
                onChange={(event) => change({ html: event.currentTarget.value })}
              />
            )}
            <div className={classes['placeholders']}>
              <span>These stand for the person:</span>
              {welcome.placeholders.map((each) => (
                <Code key={each}>{`{{${each}}}`}</Code>
              ))}
            </div>
            <Problem error={save.error} title="The template was not saved." />
            <Group>
              <SaveButton variant="default" isOff={!isChanged} isBusy={save.isPending}>
                Save the template
              </SaveButton>
            </Group>
          </Stack>
        </form>
      </Panel>
      <Panel title="Preview">
        <WelcomePreview slug={slug} template={draft} userName={userName} onUserName={setUserName} />
        <form onSubmit={sendTest}>
          <Stack gap="sm" mt="md">
            <Group align="flex-end" gap="xs">
              <TextInput
                label="Send it to"
                placeholder="you@example.com"
                value={to}
                onChange={(event) => setTo(event.currentTarget.value)}
                flex="1 1 180px"
              />
              <Button
                type="submit"
                variant="default"
                h={36}
                disabled={to.trim() === '' || !hasMail}
                loading={test.isPending}
              >
                Send a test
              </Button>
            </Group>
            <SentNotice sent={test.data} to={test.variables?.to ?? ''} />
            <Problem error={test.error} />
          </Stack>
        </form>
      </Panel>
    </div>
  )
}
