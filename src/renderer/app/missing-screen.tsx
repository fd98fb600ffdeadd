import { Button, Container, Stack, Text, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useConnectionState } from '../rpc/engine.ts'

/** Stands in the place of a screen whose script could not be fetched. */
export function MissingScreen() {
  const isLost = useConnectionState().kind === 'lost'
  const [wasLost, setWasLost] = useState(isLost)
  if (isLost && !wasLost) setWasLost(true)

  useEffect(() => {
    // A browser fetches a script that failed once only with a page that is loaded anew.
    if (wasLost && !isLost) location.reload()
  }, [wasLost, isLost])

  return (
    <Container size="sm" py="xl" role="alert">
      <Stack gap="sm" align="flex-start">
        <Title order={1}>{wasLost ? 'This screen could not be fetched' : 'Rollcall was updated'}</Title>
        {wasLost ? (
          <Text>Rollcall cannot be reached. The screen opens by itself once the connection is back.</Text>
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
