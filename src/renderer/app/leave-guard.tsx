import { useEffect, useState, type ReactNode } from 'react'
import { Router, type AroundNavHandler } from 'wouter'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { forgetUnsaved, leaveQuestion, type LeaveQuestion } from '../components/use-unsaved.ts'

/** Whether an address is on the same screen: what comes behind the path is how it is shown. */
function isSameScreen(to: string, from: string): boolean {
  return new URL(to, from).pathname === new URL(from).pathname
}

let here = location.href
let askBefore: ((question: LeaveQuestion, leave: () => void) => void) | undefined

function moved(): void {
  here = location.href
}

/** The browser has gone there already. The screen stays as if it had not, until that is decided. */
function popped(event: PopStateEvent): void {
  const question = leaveQuestion()
  if (!askBefore || !question || isSameScreen(location.href, here)) {
    moved()
    return
  }
  event.stopImmediatePropagation()
  history.pushState(null, '', here)
  askBefore(question, () => history.back())
}

// wouter tells of every change of the address by events of the first two names, and listens to the last one itself from the first screen
// on: what is to be held up must be heard before.
window.addEventListener('pushState', moved)
window.addEventListener('replaceState', moved)
window.addEventListener('popstate', popped)

/** Asks before a screen is left on which something has not been saved, be it by a link, a key or the browser's way back. */
export function LeaveGuard({ children }: { readonly children: ReactNode }) {
  const [asked, setAsked] = useState<LeaveQuestion & { readonly leave: () => void }>()

  useEffect(() => {
    askBefore = (question, leave) => setAsked({ ...question, leave })
    return () => {
      askBefore = undefined
    }
  }, [])

  const aroundNav: AroundNavHandler = (navigate, to, options) => {
    const question = leaveQuestion()
    if (question && !isSameScreen(to, location.href)) setAsked({ ...question, leave: () => navigate(to, options) })
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
        onConfirm={() => {
          forgetUnsaved()
          setAsked(undefined)
          asked?.leave()
        }}
      >
        {asked?.text}
      </ConfirmDialog>
    </Router>
  )
}
