import { Button, Checkbox, Group, Modal, Stack, Text } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { capitalized } from '../text/capitalized.ts'
import { CopyButton } from '../file/copy-button.tsx'
import { usePageBehind } from '../focus/use-focus-back.ts'
import { useUnloadQuestion } from '../form/use-unsaved.ts'
import classes from './secret-dialog.module.css'

interface SecretDialogProps {
  /** "New token for Entra ID production". */
  readonly title: string
  /** The secret; without one the dialog is closed. Its owner drops it when `onDone` is called, and keeps it nowhere else. */
  readonly secret: string | undefined
  /** One sentence: what follows for whoever uses the one before. */
  readonly consequence: ReactNode
  readonly onDone: () => void
  /** What it is called; a token unless it is something else. */
  readonly what?: string
  /** What Rollcall keeps of it. */
  readonly kept?: string
}

const keptOfTokens = 'Rollcall keeps only a hash of it and cannot show it again.'

/** Shows a secret once. Neither Esc nor a click beside it closes it, and nothing but Done does. */
export function SecretDialog(props: SecretDialogProps) {
  const { title, secret, consequence, onDone, what = 'token', kept = keptOfTokens } = props
  const [isStored, setStored] = useState(false)
  usePageBehind(secret !== undefined)
  useUnloadQuestion(secret !== undefined)

  function close(): void {
    setStored(false)
    onDone()
  }

  return (
    <Modal
      opened={secret !== undefined}
      onClose={close}
      title={title}
      size="lg"
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Stack gap="md">
        <Text size="sm">{consequence}</Text>
        <div className={classes['box']}>
          <code className={classes['secret']} aria-label={`The ${what}`}>
            {secret}
          </code>
          <CopyButton value={secret ?? ''} what={capitalized(what)} isLabelled />
        </div>
        <Text size="sm" c="dimmed">
          It is shown this once. {kept}
        </Text>
        <Group justify="space-between">
          <Checkbox
            label="I have stored it"
            checked={isStored}
            onChange={(event) => setStored(event.currentTarget.checked)}
          />
          <Button disabled={!isStored} onClick={close}>
            Done
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
