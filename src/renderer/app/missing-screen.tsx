import { Button, Container, Stack, Text, Title } from '@mantine/core'
import { useConnectionState } from '../rpc/engine.ts'

/** Stands in the place of a screen whose script could not be fetched. */
export function MissingScreen() {
  const isLost = useConnectionState().kind === 'lost'
  return (
    <Container size="sm" py="xl" role="alert">
      <Stack gap="sm" align="flex-start">
        <Title order={1}>{isLost ? 'This screen could not be fetched' : 'Rollcall was updated'}</Title>
        {isLost ? (
          <Text>Rollcall cannot be reached. Open the screen again once the connection is back.</Text>
        ) : (
          <>
            <Text>This page is from before the update, and the server no longer has this screen as it was.</Text>
            <Button onClick={() => location.reload()}>Reload the page</Button>
          </>
        )}
      </Stack>
    </Container>
  )
}
