import { useEffect, useEffectEvent } from 'react'
import { usePreferences } from '../stores/preferences.ts'
import { useShortcutList } from '../stores/shortcuts.ts'

interface ShortcutOptions {
  /** As `KeyboardEvent.key` has it; a letter in lower case. */
  readonly key: string
  readonly label: string
  readonly onPress: () => void
  readonly isOff?: boolean
  /** How it stands in the list, if not like the key. */
  readonly shown?: string
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** A blank presses what has the focus, if that can be pressed. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, summary, [role=menuitem], [role=option]') !== null
}

function hasDialog(): boolean {
  return document.querySelector('[role=dialog]') !== null
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=dialog]') !== null
}

/** A key that acts while nobody types and no dialog is open. Single letters can be switched off (WCAG 2.1.4). */
export function useShortcut({ key, label, onPress, isOff = false, shown = key }: ShortcutOptions): void {
  const singleKeys = usePreferences((state) => state.singleKeys)
  const isActive = !isOff && (singleKeys || key.length > 1)
  const press = useEffectEvent(onPress)

  useEffect(() => {
    if (!isActive) return undefined
    const id = Symbol(key)
    useShortcutList.getState().add(id, { keys: shown, label })
    // A dialog that the key closes is gone by the time that the key gets here.
    let isBehindDialog = false
    const look = () => {
      isBehindDialog = hasDialog()
    }
    const listen = (event: KeyboardEvent) => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.key === ' ' && isPressable(event.target)) return
      if (isTyping(event.target) || isInDialog(event.target) || isBehindDialog || hasDialog()) return
      event.preventDefault()
      press()
    }
    window.addEventListener('keydown', look, { capture: true })
    window.addEventListener('keydown', listen)
    return () => {
      window.removeEventListener('keydown', look, { capture: true })
      window.removeEventListener('keydown', listen)
      useShortcutList.getState().remove(id)
    }
  }, [key, label, shown, isActive])
}
