import { Button } from '@mantine/core'
import { Link } from 'wouter'
import { Nothing } from '../../components/state/nothing.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'

interface NoIntegrationProps {
  readonly title: string
  readonly explanation: string
}

/** Under an address of the status that leads to nothing. */
export function NoStatus({ title, explanation }: NoIntegrationProps) {
  return (
    <>
      <PageHeader title={title} above={[{ label: 'Provisioning', path: '/status' }]} />
      <Nothing
        why="empty"
        title={explanation}
        action={
          <Button component={Link} href="/status">
            Show all integrations
          </Button>
        }
      />
    </>
  )
}
