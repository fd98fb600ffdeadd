import { Modal, Stack, Switch, Table } from '@mantine/core'
import { Keys } from '../components/keys.tsx'
import { usePreferences } from '../stores/preferences.ts'
import { useShortcutList } from '../stores/shortcuts.ts'

interface KeyboardHelpProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** The keys that work on the present screen, and the switch for single letters. */
export function KeyboardHelp({ isOpen, onClose }: KeyboardHelpProps) {
  const shortcuts = useShortcutList((state) => state.all)
  const singleKeys = usePreferences((state) => state.singleKeys)
  const setSingleKeys = usePreferences((state) => state.setSingleKeys)
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
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
        <Switch
          label="Single letters act as keys while nobody types"
          checked={singleKeys}
          onChange={(event) => setSingleKeys(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  )
}
