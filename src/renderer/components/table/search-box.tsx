import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useRef, useState } from 'react'
import { useShortcut } from '../../app/use-shortcut.ts'

interface SearchBoxProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  /** `goesOn` where one text is typed on to another, so that the way back leads to what was before both. */
  readonly onChange: (text: string, goesOn: boolean) => void
  /** The key `/` leads here; on a screen with several boxes only one can have it. */
  readonly hasKey?: boolean
  /** Whoever opens the dialog begins here. */
  readonly isFirst?: boolean
  readonly width?: number | string
}

const typingMs = 250

/** A box that searches while one types. `/` leads to it, Esc empties it. */
export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, value, onChange, hasKey = false, isFirst = false, width = 280 } = props
  const input = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState(value)
  const [told, setTold] = useState(value)
  /** Something has been told since the box got the focus. */
  const hasTold = useRef(false)
  const tell = useDebouncedCallback((text: string) => {
    const next = text.trim()
    // Another text stands here by now, or the same one but for blanks.
    if (text !== draft || next === told) return
    setTold(next)
    onChange(next, hasTold.current && told !== '' && next !== '')
    hasTold.current = true
  }, typingMs)
  useShortcut({ key: '/', label: 'Search here', onPress: () => input.current?.focus(), isOff: !hasKey })

  // Somebody else has changed it: Back, or a button that clears all filters.
  if (value !== told) {
    setTold(value)
    setDraft(value)
  }

  function type(text: string): void {
    setDraft(text)
    tell(text)
  }

  function clear(): void {
    tell.cancel()
    setDraft('')
    setTold('')
    onChange('', false)
    input.current?.focus()
  }

  return (
    <TextInput
      ref={input}
      aria-label={label}
      placeholder={placeholder}
      value={draft}
      maxLength={200}
      data-autofocus={isFirst || undefined}
      w={width}
      leftSection={<Search size={14} aria-hidden />}
      rightSection={draft === '' ? undefined : <CloseButton size="sm" aria-label="Empty the search" onClick={clear} />}
      onChange={(event) => type(event.currentTarget.value)}
      onFocus={() => {
        hasTold.current = false
      }}
      onBlur={() => tell.flush()}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') tell.flush()
        if (event.key !== 'Escape' || draft === '') return
        event.stopPropagation()
        clear()
      }}
    />
  )
}
