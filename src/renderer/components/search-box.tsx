import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { Search } from 'lucide-react'
import { useRef } from 'react'
import { useShortcut } from '../app/use-shortcut.ts'

interface SearchBoxProps {
  /** What is searched, for screen readers: "Search people". */
  readonly label: string
  readonly placeholder: string
  readonly text: string
  /** Called a moment after the last key. */
  readonly onSearch: (text: string) => void
}

const pauseMs = 250

/** The search of a list; `/` goes to it. */
export function SearchBox({ label, placeholder, text, onSearch }: SearchBoxProps) {
  const input = useRef<HTMLInputElement>(null)
  const type = useDebouncedCallback(onSearch, pauseMs)
  useShortcut({ key: '/', label, onPress: () => input.current?.focus() })
  return (
    <TextInput
      ref={input}
      aria-label={label}
      placeholder={placeholder}
      defaultValue={text}
      leftSection={<Search size={14} aria-hidden />}
      onChange={(event) => type(event.currentTarget.value)}
      mb="sm"
      maw={420}
    />
  )
}
