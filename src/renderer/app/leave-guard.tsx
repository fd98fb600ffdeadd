import { useEffect, useState, type ReactNode } from 'react'
import { Router, type AroundNavHandler } from 'wouter'
import { ConfirmDialog } from '../components/dialog/confirm-dialog.tsx'
import { askBefore, forgetUnsaved, leaveQuestion, setAsk, type LeaveQuestion } from '../components/form/use-unsaved.ts'

/** What is asked on the way to another address. One with the same path is on the same screen, and what comes behind it is how it is shown. */
function questionOnTheWay(to: string, from: string): LeaveQuestion | undefined {
  const question = leaveQuestion()
  const isSameScreen = new URL(to, from).pathname === new URL(from).pathname
  return isSameScreen && question?.isOfDialog !== true ? undefined : question
}

let here = { href: location.href, state: history.state as unknown }

function moved(): void {
  here = { href: location.href, state: history.state }
}

/** The browser has gone there already. The screen stays as if it had not, until that is decided. */
function popped(event: PopStateEvent): void {
  const question = questionOnTheWay(location.href, here.href)
  const leave = () => {
    forgetUnsaved()
    history.back()
  }
  if (question && askBefore(question, leave)) {
    event.stopImmediatePropagation()
    history.pushState(here.state, '', here.href)
  } else moved()
}

// wouter tells of every change of the address by events of the first two names, and listens to the last one itself from the first screen
// on: what is to be held up must be heard before.
window.addEventListener('pushState', moved)
window.addEventListener('replaceState', moved)
window.addEventListener('popstate', popped)

/** Asks before a screen is left on which something has not been saved, be it by a link, a key or the browser's way back; and before a dialog is. */
export function LeaveGuard({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<LeaveQuestion & { readonly leave: () => void }>()

  useEffect(() => setAsk((question, leave) => setAsked({ ...question, leave })), [])

  const aroundNav: AroundNavHandler = (navigate, to, options) => {
    const question = questionOnTheWay(to, location.href)
    if (question)
      askBefore(question, () => {
        forgetUnsaved()
        navigate(to, options)
      })
    else navigate(to, options)
  }

  return (
    <Router aroundNav={aroundNav}>
      {children}
      <ConfirmDialog
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked?.title ?? ''}
        action="Leave"
        isDangerous
        isAboveDialogs
        onConfirm={() => {
          setAsked(undefined)
          asked?.leave()
        }}
      >
        {asked?.text}
      </ConfirmDialog>
    </Router>
  )
}
