import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Integration } from '../../../contract/integrations.ts'
import { RelativeTime } from '../../components/text/relative-time.tsx'

/** The token was shown when it was issued; here stands which one it is, and how to get another. */
export function TokenStep({ integration }: { readonly integration: Integration }) {
  const { slug, token } = integration
  return (
    <Stack gap="md">
      <Title order={2}>The token</Title>
      {token ? (
        <Text size="sm">
          The token <Code>{token.prefix}…</Code> was issued <RelativeTime at={token.createdAt} isPast /> and shown once.
          Have it at hand: the next step says where to paste it.
        </Text>
      ) : (
        <Text size="sm">This integration has no token, so that no request gets in.</Text>
      )}
      <Text size="sm" c="dimmed">
        If it was not stored, issue another one; nothing is lost by that.
      </Text>
      <Group gap="xs">
        {token ? (
          <Button component={Link} href={`/integrations/${slug}/setup/portal`}>
            Go on to the portal
          </Button>
        ) : null}
        <Button component={Link} href={`/integrations/${slug}/tokens?rotate`} variant={token ? 'default' : 'filled'}>
          {token ? 'Issue another token' : 'Issue a token'}
        </Button>
      </Group>
    </Stack>
  )
}
