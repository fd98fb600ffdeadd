import { Box, Code, Group, List, Stack, Text } from '@mantine/core'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { verifySignature } from './verify-signature.ts'

/** What the program at the other end of a webhook has to do. */
export function WebhookReceiverPanel() {
  return (
    <Panel title="For whoever writes the receiver">
      <Stack gap="sm">
        <List size="sm" spacing={4}>
          <List.Item>
            Each notification is a POST with JSON: <Code>event</Code>, <Code>phase</Code>, <Code>title</Code> and{' '}
            <Code>text</Code> for people, <Code>facts</Code> for programs. Show names in them as text.
          </List.Item>
          <List.Item>
            Answer with any status from 200 to 299 within 45 seconds. Everything else is tried again for about a day and
            a half; <Code>410</Code> ends it at once.
          </List.Item>
          <List.Item>
            A post may come twice: take each <Code>id</Code> once.
          </List.Item>
          <List.Item>
            <Code>Rollcall-Signature: t=…,v1=…</Code> holds the time and the HMAC-SHA256, by the secret, of the time, a
            full stop and the body. Check it before anything else, in JavaScript like this:
          </List.Item>
        </List>
        <Code block tabIndex={0} aria-label="Checking a signature in JavaScript">
          {verifySignature.trimEnd()}
        </Code>
        <Group gap="sm">
          <CopyButton value={verifySignature} what="the check of a signature" isLabelled />
          <Box flex="1 1 240px">
            <Text size="xs" c="dimmed">
              “Post a test” beside a webhook posts one with the event <Code>test</Code>.
            </Text>
          </Box>
        </Group>
      </Stack>
    </Panel>
  )
}
