import { Text } from '@mantine/core'
import { useId } from 'react'
import { CopyButton } from './copy-button.tsx'
import classes from './copy-field.module.css'

interface CopyFieldProps {
  /** As the portal prints the label, where it is pasted into one. */
  readonly label: string
  readonly value: string
  readonly description?: string
}

/** A value to paste elsewhere, in mono, with its button. */
export function CopyField({ label, value, description }: CopyFieldProps) {
  const id = useId()
  return (
    <div className={classes['field']} role="group" aria-labelledby={id}>
      <Text id={id} size="xs" fw={500} c="dimmed">
        {label}
      </Text>
      <div className={classes['box']}>
        <code className={classes['value']}>{value}</code>
        <CopyButton value={value} what={label} />
      </div>
      {description !== undefined && (
        <Text size="xs" c="dimmed">
          {description}
        </Text>
      )}
    </div>
  )
}
