import { Text } from '@mantine/core'
import type { EndpointConfiguration } from '../../../contract/endpoint.ts'

interface GivenAtStartProps {
  readonly origin: EndpointConfiguration['host']['origin']
  /** As it is written on the command line: `--port`. */
  readonly option: string
}

/** Why a setting cannot be changed here. */
export function GivenAtStart({ origin, option }: GivenAtStartProps) {
  if (origin !== 'start') return null
  return (
    <Text size="xs" c="dimmed">
      Given when the server was started (<span style={{ whiteSpace: 'nowrap' }}>{option}</span>). Start it without, and
      what is set here holds.
    </Text>
  )
}
