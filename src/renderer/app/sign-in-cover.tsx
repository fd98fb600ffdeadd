import { useLayoutEffect, useRef } from 'react'
import { SignInPage, type SignInPageProps } from './sign-in-page.tsx'
import classes from './sign-in-page.module.css'

/** Lies over a console whose session has ended, and takes all of it out of sight and out of reach until there is a new one. */
export function SignInCover(props: Omit<SignInPageProps, 'hasUnsaved'>) {
  const dialog = useRef<HTMLDialogElement>(null)

  useLayoutEffect(() => {
    const own = dialog.current
    const title = document.title
    own?.showModal()
    return () => {
      // The focus goes back to what had it.
      own?.close()
      document.title = title
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={classes['cover']}
      aria-label="Sign in"
      tabIndex={-1}
      // The keys of the console below.
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') event.preventDefault()
      }}
      onCancel={(event) => event.preventDefault()}
    >
      <SignInPage {...props} hasUnsaved />
    </dialog>
  )
}
