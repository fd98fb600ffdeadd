import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { amountText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useConnection, useEngine } from '../../rpc/engine.ts'

const shortest = 12

interface PasswordPanelProps {
  readonly setAt: number | null
  /** How many other browsers are signed in. */
  readonly others: number
}

/** The password for lasting access: set, changed, removed. */
export function PasswordPanel({ setAt, others }: PasswordPanelProps) {
  const queries = useEngine()
  const { engine } = useConnection()
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [isAsking, setAsking] = useState(false)
  // The password goes past React Query, which would keep it.
  const set = useMutation({
    mutationFn: async () => {
      await engine.sessions.setPassword({ password })
      setPassword('')
      setAgain('')
    },
  })
  const remove = useMutation(queries.sessions.removePassword.mutationOptions({ onSuccess: () => setAsking(false) }))
  const isShort = password !== '' && password.length < shortest
  const isOther = again !== '' && again !== password
  const verb = setAt === null ? 'Set the password' : 'Change the password'

  function submit(event: FormEvent): void {
    event.preventDefault()
    set.mutate()
  }

  return (
    <Panel
      title="Password of the console"
      actions={
        setAt !== null && (
          <Button size="compact-xs" variant="default" onClick={() => setAsking(true)}>
            Remove it
          </Button>
        )
      }
    >
      <Stack gap="sm">
        <Text size="sm" component="div">
          {setAt === null ? (
            <StateBadge meaning="neutral" word="No password" />
          ) : (
            <>
              <StateBadge meaning="ok" word="Set" /> <RelativeTime at={setAt} isPast />
            </>
          )}
        </Text>
        <Text size="sm">
          Without one, each browser is let in by a link from <code>rollcall console url</code>, which works once. A
          password lets in whoever knows it, and is needed to serve the console beyond this machine.
        </Text>
        <form onSubmit={submit}>
          <Stack gap="sm">
            <Group align="flex-start" gap="md">
              <PasswordInput
                label={setAt === null ? 'Password' : 'New password'}
                description={`${shortest} characters or more.`}
                autoComplete="new-password"
                value={password}
                error={isShort && `${shortest - password.length} more`}
                onChange={(event) => setPassword(event.currentTarget.value)}
                w={280}
              />
              <PasswordInput
                label="The same again"
                description="So that no slip locks you out."
                autoComplete="new-password"
                value={again}
                error={isOther && 'The two are not the same yet.'}
                onChange={(event) => setAgain(event.currentTarget.value)}
                w={280}
              />
            </Group>
            <Problem error={set.error} title="The password was not set." />
            {set.isSuccess && password === '' && (
              <Notice meaning="ok" isNew>
                The password is set, and every other browser has been signed out.
              </Notice>
            )}
            <Group gap="sm">
              <Button type="submit" disabled={password.length < shortest || again !== password} loading={set.isPending}>
                {verb}
              </Button>
              {others > 0 && (
                <Text size="xs" c="dimmed">
                  It signs out {amountText(others, 'other browser')}.
                </Text>
              )}
            </Group>
          </Stack>
        </form>
        <ConfirmDialog
          isOpen={isAsking}
          onClose={() => setAsking(false)}
          title="Remove the password of the console?"
          action="Remove the password"
          isDangerous
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({})}
        >
          Then only a link from “rollcall console url” lets a browser in. Those that are signed in stay so. A console
          that is served beyond this machine does not start without a password.
        </ConfirmDialog>
      </Stack>
    </Panel>
  )
}
