import { Button, Code, Group, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Welcome, WelcomeTemplate } from '../../../contract/notifications.ts'
import { ConfirmDialog } from '../../components/confirm-dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { Problem } from '../../components/problem.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StateBadge } from '../../components/state-badge.tsx'
import { TextLink } from '../../components/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { SentNotice } from './sent-notice.tsx'
import { WelcomePreview } from './welcome-preview.tsx'
import classes from './notifications.module.css'

interface WelcomeEditorProps {
  readonly slug: string
  readonly name: string
  readonly welcome: Welcome
  readonly hasMail: boolean
}

/** The switch of an integration's welcome mail. */
function WelcomeSwitch({ slug, name, welcome, hasMail }: WelcomeEditorProps) {
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const set = useMutation(engine.notifications.setWelcome.mutationOptions({ onSuccess: () => setAsking(false) }))
  const { isEnabled, enabledSince } = welcome
  return (
    <Panel
      title="Welcome mail"
      actions={
        <Button
          variant={isEnabled ? 'default' : 'filled'}
          size="compact-sm"
          disabled={!isEnabled && !hasMail}
          onClick={() => (isEnabled ? set.mutate({ slug, isEnabled: false }) : setAsking(true))}
        >
          {isEnabled ? 'Switch it off' : 'Switch it on'}
        </Button>
      }
    >
      <Stack gap="sm">
        <Text size="sm" component="div">
          {isEnabled ? (
            <>
              <StateBadge meaning="ok" word="On" /> <RelativeTime at={enabledSince} />: whom {name} creates gets it
              once.
            </>
          ) : (
            <>
              <StateBadge meaning="neutral" word="Off" /> Nobody gets a welcome mail.
            </>
          )}
        </Text>
        <Text size="sm" c="dimmed">
          It goes to people whom the identity provider creates, once each however often they come back; never to those
          who were imported, converted or here before.
        </Text>
        {!hasMail && (
          <Notice meaning="attention">
            Mail is not set up. <TextLink href="/notifications/mail">Set up a mail server</TextLink>.
          </Notice>
        )}
        <Problem error={isAsking ? null : set.error} />
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={`Send a welcome mail to everybody whom ${name} creates from now on?`}
        action="Switch it on"
        isBusy={set.isPending}
        error={set.error}
        onConfirm={() => set.mutate({ slug, isEnabled: true })}
      >
        It is sent two minutes after somebody has been created, by the saved template. Who is here already gets none.
      </ConfirmDialog>
    </Panel>
  )
}

/** The template of an integration's welcome mail, with its preview and its test. */
export function WelcomeEditor(props: WelcomeEditorProps) {
  const { slug, welcome, hasMail } = props
  const engine = useEngine()
  const [draft, setDraft] = useState(welcome.template)
  const [userName, setUserName] = useState('')
  const [to, setTo] = useState('')
  const save = useMutation(engine.notifications.setWelcome.mutationOptions())
  const test = useMutation(engine.notifications.testWelcome.mutationOptions())
  const change = (changes: Partial<WelcomeTemplate>) => setDraft({ ...draft, ...changes })

  function submit(event: FormEvent): void {
    event.preventDefault()
    save.mutate({ slug, template: draft })
  }

  function sendTest(event: FormEvent): void {
    event.preventDefault()
    test.mutate({ slug, template: draft, userName: userName.trim() || null, to: to.trim() })
  }

  return (
    <>
      <WelcomeSwitch {...props} />
      <div className={classes['editor']}>
        <Panel title="Template">
          <form onSubmit={submit}>
            <Stack gap="sm">
              <TextInput
                label="Subject"
                value={draft.subject}
                onChange={(event) => change({ subject: event.currentTarget.value })}
              />
              <Textarea
                label="Text"
                autosize
                minRows={6}
                maxRows={20}
                value={draft.text}
                onChange={(event) => change({ text: event.currentTarget.value })}
              />
              <Switch
                label="Also as HTML"
                checked={draft.html !== null}
                onChange={(event) =>
                  change({ html: event.currentTarget.checked ? '<p>Hello {{displayName}},</p>' : null })
                }
              />
              {draft.html !== null && (
                <Textarea
                  label="HTML"
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
                <Button
                  type="submit"
                  variant="default"
                  disabled={JSON.stringify(draft) === JSON.stringify(welcome.template)}
                  loading={save.isPending}
                >
                  Save the template
                </Button>
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
    </>
  )
}
