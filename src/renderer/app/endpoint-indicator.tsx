import { Menu, Text, UnstyledButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Copy, Play, Square } from 'lucide-react'
import { useState } from 'react'
import { ConfirmDialog } from '../components/dialog/confirm-dialog.tsx'
import { StateBadge } from '../components/state/state-badge.tsx'
import { copyByHand, useCopy } from '../components/file/use-copy.ts'
import { useConnectionState, useEngine } from '../rpc/engine.ts'
import { tellFailure } from '../rpc/tell-failure.ts'
import { useListenAgain } from '../rpc/use-listen-again.ts'
import { useNews } from '../stores/news.ts'
import classes from './endpoint-indicator.module.css'

/** Whether the SCIM endpoint listens, and where: always in sight. A menu copies its address, stops and starts it. */
export function EndpointIndicator() {
  const endpoint = useNews((state) => state.news?.endpoint)
  const isConnected = useConnectionState().kind === 'open'
  const engine = useEngine()
  const [isAsking, setAsking] = useState(false)
  const address = endpoint ? `${endpoint.publicOrigin}/scim` : ''
  const { state, copy } = useCopy(address)
  const start = useListenAgain(tellFailure)
  const stop = useMutation(engine.system.stopEndpoint.mutationOptions({ onSuccess: () => setAsking(false) }))

  if (!isConnected || !endpoint)
    return (
      <span className={classes['indicator']}>
        <StateBadge meaning="neutral" word="Not connected" />
      </span>
    )
  const isListening = endpoint.state === 'listening'
  return (
    <>
      <Menu position="bottom-end" width={300}>
        <Menu.Target>
          <UnstyledButton className={classes['indicator']}>
            <StateBadge
              meaning={isListening ? 'ok' : 'failure'}
              word={isListening ? 'Listening' : 'Stopped'}
              {...(isListening ? {} : { icon: 'stopped' as const })}
            />
            <span className={classes['address']}>{endpoint.publicOrigin.replace(/^https?:\/\//, '')}</span>
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>SCIM endpoint</Menu.Label>
          <Text size="xs" px="sm" pb="xs" className="breakable" ff="monospace">
            {address}
          </Text>
          {endpoint.problem !== null && (
            <Text size="xs" px="sm" pb="xs" c="red" role="alert">
              {endpoint.problem}
            </Text>
          )}
          <Menu.Item closeMenuOnClick={false} leftSection={<Copy size={14} aria-hidden />} onClick={copy}>
            {state === 'copied' ? 'Copied' : state === 'failed' ? copyByHand : 'Copy the address'}
          </Menu.Item>
          {isListening ? (
            <Menu.Item leftSection={<Square size={14} aria-hidden />} onClick={() => setAsking(true)}>
              Stop listening
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Play size={14} aria-hidden />} onClick={() => start.mutate()}>
              Listen again
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <span role="status" className="unseen">
        {state === 'copied' ? 'Address copied' : state === 'failed' ? `Address not copied. ${copyByHand}` : ''}
      </span>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title="Stop the SCIM endpoint?"
        action="Stop listening"
        isDangerous
        isBusy={stop.isPending}
        error={stop.error}
        onConfirm={() => stop.mutate({})}
      >
        Every identity provider gets no connection until it listens again. Requests under way are answered first. To
        pause one integration alone, and politely, use its own page.
      </ConfirmDialog>
    </>
  )
}
