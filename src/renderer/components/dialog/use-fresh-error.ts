import { useState } from 'react'

/** The error of what a dialog does, but for one that was there already when the dialog was opened: that was told the time before. */
export function useFreshError(isOpen: boolean, error: unknown): unknown {
  const [opened, setOpened] = useState({ isOpen, known: error })
  if (opened.isOpen !== isOpen) setOpened({ isOpen, known: isOpen ? error : opened.known })
  return error === opened.known ? null : error
}
