import { Button, type ButtonProps } from '@mantine/core'
import { useLayoutEffect, useRef, type ComponentProps, type MouseEvent } from 'react'

interface SaveButtonProps extends Omit<ButtonProps, 'disabled' | 'loading' | 'data-disabled' | 'children'> {
  /** "Save the limit": on a screen, no two have the same. */
  readonly children: string
  /** Nothing is to be saved, or what stands there cannot be. */
  readonly isOff: boolean
  readonly isBusy: boolean
  readonly id?: string
  readonly onClick?: ComponentProps<'button'>['onClick']
}

/** The button that has just gone with the focus; the one that takes its place takes the focus as well. */
let gone: string | undefined

/**
 * Saves what was changed. Once that is done there is nothing to save any more: the button says so, and keeps the focus all the same, from which
 * the keyboard goes on, also where the whole form is made anew from what was saved.
 */
export function SaveButton({ children, isOff, isBusy, onClick, ...props }: SaveButtonProps) {
  const button = useRef<HTMLButtonElement>(null)
  const wasPressed = useRef(false)

  useLayoutEffect(() => {
    const own = button.current
    if (gone === children) own?.focus({ preventScroll: true })
    return () => {
      const active = document.activeElement
      // While it is busy the browser takes the focus away from it.
      if (active !== own && !(wasPressed.current && (active === null || active === document.body))) return
      gone = children
      // Its successor comes with the same change of the page, or none does.
      queueMicrotask(() => {
        gone = undefined
      })
    }
  }, [children])

  function press(event: MouseEvent<HTMLButtonElement>): void {
    if (isOff) return event.preventDefault()
    wasPressed.current = true
    onClick?.(event)
  }

  return (
    <Button
      ref={button}
      type={onClick ? 'button' : 'submit'}
      {...props}
      loading={isBusy}
      aria-disabled={isOff || undefined}
      data-disabled={isOff || undefined}
      onClick={press}
    >
      {children}
    </Button>
  )
}
