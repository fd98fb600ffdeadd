import { Modal } from '@mantine/core'
import { useWindowEvent } from '@mantine/hooks'
import type { KeyboardEvent, ReactNode } from 'react'
import { useFocusBack } from '../focus/use-focus-back.ts'
import { askBefore, useUnsaved } from '../form/use-unsaved.ts'

interface InputDialogProps {
  readonly title: string
  readonly size?: 'md' | 'lg'
  /** Something has been put in that would be lost. */
  readonly isUnsaved: boolean
  readonly onClose: () => void
  /** `cancel` closes it without a question, for the button that says so itself. */
  readonly children: (cancel: () => void) => ReactNode
}

const question = {
  title: 'Leave without saving?',
  text: 'What you put in here is not saved, and would be lost.',
  isOfDialog: true,
}

/** A dialog in which something is put in, for as long as it is open. Before Esc, its cross or a click beside it close it, it asks whether that may be lost. */
export function InputDialog({ title, size = 'md', isUnsaved, onClose, children }: InputDialogProps) {
  const forget = useUnsaved(isUnsaved, question)
  useFocusBack(true)

  function cancel(): void {
    forget()
    onClose()
  }

  function close(): void {
    if (isUnsaved) askBefore(question, cancel)
    else onClose()
  }

  // By Mantine's own way the key closes a dialog below another one as well, and before a search box in it is emptied.
  function onKeyDown({ key, target, nativeEvent }: KeyboardEvent): void {
    if (key === 'Escape' && !nativeEvent.isComposing && !takesEscape(target)) close()
  }

  // What had the focus may be gone or out of use.
  useWindowEvent('keydown', ({ key, target }) => {
    if (key === 'Escape' && target === document.body && document.querySelectorAll('[role=dialog]').length === 1) close()
  })

  return (
    <Modal
      opened
      onClose={close}
      title={title}
      size={size}
      closeOnEscape={false}
      onKeyDown={onKeyDown}
      closeButtonProps={{ 'aria-label': 'Close' }}
      returnFocus={false}
    >
      {children(cancel)}
    </Modal>
  )
}

/** Whether a list or a menu is open that the key closes, by Mantine's own mark. */
function takesEscape(target: EventTarget): boolean {
  return target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true'
}
