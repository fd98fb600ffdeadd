import { Anchor, Group, List, Modal, Stack, Switch, Table, Text, Title } from '@mantine/core'
import { Link, useLocation } from 'wouter'
import { Keys } from '../components/keys.tsx'
import { usePreferences } from '../stores/preferences.ts'
import { useShortcutList } from '../stores/shortcuts.ts'
import { helpOf } from './screen-help.ts'

interface KeyboardHelpProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** What the present screen answers, the keys that work on it, and the way to the words and the errors. */
export function KeyboardHelp({ isOpen, onClose }: KeyboardHelpProps) {
  const [path] = useLocation()
  const shortcuts = useShortcutList((state) => state.all)
  const singleKeys = usePreferences((state) => state.singleKeys)
  const setSingleKeys = usePreferences((state) => state.setSingleKeys)
  const { title, answers, tips } = helpOf(path)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={`${title}: help and keys`}
      size="lg"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        {answers.length > 0 && (
          <div>
            <Title order={3} mb={4}>
              What it answers
            </Title>
            <List size="sm" spacing={2}>
              {answers.map((each) => (
                <List.Item key={each}>{each}</List.Item>
              ))}
            </List>
            {tips.map((each) => (
              <Text key={each} size="sm" c="dimmed" mt={6}>
                {each}
              </Text>
            ))}
          </div>
        )}
        <div>
          <Title order={3} mb={4}>
            Keys
          </Title>
          <Table verticalSpacing={6} withRowBorders={false}>
            <Table.Tbody>
              <Table.Tr>
                <Table.Td w={110}>
                  <Keys keys="Ctrl K" />
                </Table.Td>
                <Table.Td>Search everything (⌘ K on a Mac)</Table.Td>
              </Table.Tr>
              {[...shortcuts.values()].map(({ keys, label }) => (
                <Table.Tr key={`${keys} ${label}`}>
                  <Table.Td>
                    <Keys keys={keys} />
                  </Table.Td>
                  <Table.Td>{label}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
        <Switch
          label="Single letters act as keys while nobody types"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
        <Group gap="lg">
          {[
            { href: '/help/errors', label: 'Errors, explained' },
            { href: '/help/words', label: 'The words of the field' },
            { href: '/start', label: 'First steps' },
          ].map(({ href, label }) => (
            <Anchor key={href} component={Link} href={href} size="sm" onClick={onClose}>
              {label}
            </Anchor>
          ))}
        </Group>
      </Stack>
    </Modal>
  )
}
