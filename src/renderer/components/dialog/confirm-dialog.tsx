import { Button, getDefaultZIndex, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { firstClick } from './first-click.ts'
import { Problem } from '../state/problem.tsx'
import { useFocusBack } from '../focus/use-focus-back.ts'
import { useFreshError } from './use-fresh-error.ts'

interface ConfirmDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  /** Names what will happen and to whom: "Revoke the token Entra used 4 min ago?". */
  readonly title: string
  /** What follows from it, and whether it can be undone. */
  readonly children: ReactNode
  /** A verb with its object: "Revoke the token". */
  readonly action: string
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  /** It may be asked while another dialog is open, and lies above that. */
  readonly isAboveDialogs?: boolean
  readonly error?: unknown
  readonly onConfirm: () => void
}

/** At once: Mantine's own way comes by a timer, and until then a key such as Escape goes to the menu that the dialog was opened from. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus({ preventScroll: true })
}

/** Asks before something with consequences. Cancel has the focus. Afterwards it is where `onConfirm` has put it in the page, or else where it was before. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { isOpen, onClose, title, children, action, isDangerous = false, isBusy = false, error, onConfirm } = props
  const { isAboveDialogs = false } = props
  useFocusBack(isOpen, isAboveDialogs)
  const freshError = useFreshError(isOpen, error)
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close' }}
      returnFocus={false}
      zIndex={getDefaultZIndex('modal') + (isAboveDialogs ? 1 : 0)}
    >
      <Stack gap="md">
        <Text size="sm" component="div">
          {children}
        </Text>
        <Problem error={freshError} />
        <Group justify="flex-end" gap="xs">
          <Button ref={takeFocus} variant="default" onClick={onClose} data-autofocus>
            Cancel
          </Button>
          <Button color={isDangerous ? 'red' : undefined} loading={isBusy} onClick={firstClick(onConfirm)}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
