import { Button, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Welcome } from '../../../contract/notifications.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { isolated } from '../../components/text/isolated.ts'
import { Notice } from '../../components/state/notice.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'

interface WelcomeSwitchProps {
  readonly slug: string
  readonly name: string
  readonly welcome: Welcome
  readonly hasMail: boolean
}

/** The switch of an integration's welcome mail. */
export function WelcomeSwitch({ slug, name, welcome, hasMail }: WelcomeSwitchProps) {
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
              <StateBadge meaning="ok" word="On" /> <RelativeTime at={enabledSince} isPast />: whom <bdi>{name}</bdi>{' '}
              creates gets it once.
            </>
          ) : (
            <>
              <StateBadge meaning="neutral" word="Off" /> · Nobody gets a welcome mail.
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
        title={`Send a welcome mail to everybody whom ${isolated(name)} creates from now on?`}
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
