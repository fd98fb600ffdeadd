import { Button, Group, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import type { Smtp, SmtpSecurity } from '../../../contract/notifications.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { LimitedArea } from '../../components/form/limited-area.tsx'
import { NumberField } from '../../components/form/number-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { SaveButton } from '../../components/form/save-button.tsx'
import { useFormState } from '../../components/form/stored-form.tsx'
import { useFocusOnReason } from '../../components/focus/use-focus-on-reason.ts'
import { wholeNumber } from '../../components/text/whole-number.ts'
import { useConnection, useEngine } from '../../rpc/engine.ts'
import { fieldProblems } from '../../rpc/problem-of.ts'
import { MailServerState } from './mail-server-state.tsx'

const securities: readonly { readonly value: SmtpSecurity; readonly label: string }[] = [
  { value: 'starttls', label: 'STARTTLS (usually port 587)' },
  { value: 'tls', label: 'TLS (usually port 465)' },
  { value: 'none', label: 'None: a server on this machine' },
]
const ports: { readonly [security in SmtpSecurity]: string } = { starttls: '587', tls: '465', none: '25' }

interface Draft {
  readonly host: string
  readonly port: string
  readonly security: SmtpSecurity
  readonly user: string
  readonly from: string
}

function draftOf(smtp: Smtp | null): Draft {
  if (smtp === null) return { host: '', port: ports.starttls, security: 'starttls', user: '', from: '' }
  const { host, port, security, user, from } = smtp
  return { host, port: String(port), security, user: user ?? '', from }
}

/** The mail server; its password goes into the vault and never comes back. */
export function MailServerPanel({ smtp }: { readonly smtp: Smtp | null }) {
  const queries = useEngine()
  const { engine } = useConnection()
  const [draft, setDraft] = useState(draftOf(smtp))
  const [password, setPassword] = useState('')
  /** Undefined: as it is. */
  const [ca, setCa] = useState<string>()
  const [isAsking, setAsking] = useState(false)
  const wanted = wholeNumber(draft.port, 1, 65_535)
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes })
  const keepsPassword = smtp?.hasPassword === true && smtp.user === draft.user
  // The password goes past React Query, which would keep it.
  const save = useMutation({
    mutationFn: async (port: number) => {
      await engine.notifications.setMail({
        ...draft,
        port,
        user: draft.user === '' ? null : draft.user,
        password: draft.user === '' || password === '' ? null : password,
        ca: ca === undefined ? 'keep' : ca.trim() === '' ? null : ca,
      })
      setPassword('')
    },
  })
  const problems = fieldProblems(save.error)
  const form = useFocusOnReason<HTMLFormElement>(save.error)
  const remove = useMutation(queries.notifications.removeMail.mutationOptions({ onSuccess: () => setAsking(false) }))
  const isChanged =
    password !== '' ||
    (ca !== undefined && (ca.trim() !== '' || smtp?.hasCa === true)) ||
    JSON.stringify(draft) !== JSON.stringify(draftOf(smtp))
  useFormState(isChanged, save)
  const isComplete = draft.host !== '' && draft.from !== '' && (draft.user === '' || keepsPassword || password !== '')

  function submit(event: FormEvent): void {
    event.preventDefault()
    if (wanted !== undefined) save.mutate(wanted)
  }

  function changeSecurity(security: SmtpSecurity): void {
    change({ security, ...(draft.port === ports[draft.security] ? { port: ports[security] } : {}) })
  }

  return (
    <Panel
      title="Mail server"
      actions={
        smtp !== null && (
          <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
            Remove it
          </Button>
        )
      }
    >
      <form ref={form} onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" component="div">
            <MailServerState smtp={smtp} />
          </Text>
          <Group align="flex-start" gap="md">
            <TextInput
              label="Server"
              placeholder="smtp.example.com"
              value={draft.host}
              error={problems.get('host')}
              onChange={(event) => change({ host: event.currentTarget.value.trim() })}
              flex="1 1 220px"
            />
            <NumberField
              label="Port"
              least={1}
              most={65_535}
              value={draft.port}
              onChange={(port) => change({ port })}
              refusal="A port is a number from 1 to 65535."
              error={problems.get('port')}
              w={110}
            />
            <Select
              label="Encryption"
              data={[...securities]}
              value={draft.security}
              error={problems.get('security')}
              onChange={(value) => value && changeSecurity(value)}
              allowDeselect={false}
              w={250}
            />
          </Group>
          <TextInput
            label="Sender"
            description="An address that this server may send from."
            placeholder="Rollcall <rollcall@example.com>"
            value={draft.from}
            error={problems.get('from')}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <Group align="flex-start" gap="md">
            <TextInput
              label="User"
              description="Empty: without signing in."
              autoComplete="off"
              value={draft.user}
              error={problems.get('user')}
              onChange={(event) => change({ user: event.currentTarget.value })}
              flex="1 1 220px"
            />
            <PasswordInput
              label="Password"
              description={keepsPassword ? 'Empty: the one in the vault stays.' : 'It goes into the vault.'}
              autoComplete="new-password"
              disabled={draft.user === ''}
              value={password}
              error={problems.get('password')}
              onChange={(event) => setPassword(event.currentTarget.value)}
              flex="1 1 220px"
            />
          </Group>
          {ca === undefined ? (
            draft.security !== 'none' && (
              <Group gap="xs">
                <Button variant="subtle" size="compact-xs" onClick={() => setCa('')}>
                  {smtp?.hasCa === true
                    ? 'Replace the certificate authority'
                    : 'Its certificate is of a private authority'}
                </Button>
              </Group>
            )
          ) : (
            <LimitedArea
              label="Certificate of the authority (PEM)"
              limit={100_000}
              description="Only where this machine does not know the authority. Empty: none."
              placeholder="-----BEGIN CERTIFICATE-----"
              autosize
              minRows={3}
              maxRows={8}
              value={ca}
              error={problems.get('ca')}
              onChange={(event) => setCa(event.currentTarget.value)}
            />
          )}
          {problems.size === 0 && <Problem error={save.error} title="The mail server was not saved." />}
          <Group gap="sm">
            <SaveButton isOff={!isComplete || (smtp !== null && !isChanged)} isBusy={save.isPending}>
              Save the mail server
            </SaveButton>
          </Group>
        </Stack>
      </form>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Send no mail any more?"
        action="Remove the mail server"
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({})}
      >
        The password is removed from the vault. Notifications and welcome mails are no longer sent by mail; what waits
        goes on waiting until a server is set up again, or is given up.
      </ConfirmDialog>
    </Panel>
  )
}
