import { Button, Group, Stack, Text } from '@mantine/core'
import { isolated } from '../../components/text/isolated.ts'
import { StateBadge } from '../../components/state/state-badge.tsx'
import classes from './managed-note.module.css'

interface ManagedNoteProps {
  /** Whose record it is: "Ana Moss". */
  readonly name: string
  /** Who manages it: "Entra ID production". */
  readonly managerName: string
  readonly onAccept: () => void
  readonly onCancel: () => void
}

/** Stands before the form of a record that an identity provider manages. */
export function ManagedNote({ name, managerName, onAccept, onCancel }: ManagedNoteProps) {
  return (
    <section className={`${classes['note']} breakable`} aria-label="Before you edit">
      <Stack gap="sm" align="flex-start">
        <StateBadge meaning="attention" word={`${managerName} manages ${isolated(name)}`} />
        <Text size="sm">
          What you change here is shown as edited by hand, until {managerName} writes the same attribute again: then its
          value counts. To change it for good, change it there.
        </Text>
        <Group gap="xs">
          <Button variant="default" onClick={onCancel}>
            Leave it as it is
          </Button>
          <Button onClick={onAccept}>Edit it all the same</Button>
        </Group>
      </Stack>
    </section>
  )
}
