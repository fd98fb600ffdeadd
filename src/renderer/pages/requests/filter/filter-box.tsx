import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core'
import { Filter } from 'lucide-react'
import { useRef, useState, type KeyboardEvent, type Ref } from 'react'
import {
  formatRequestTerm,
  parseRequestFilter,
  filterRemarks,
  type RequestTerm,
} from '../../../../contract/request-filter.ts'
import classes from './filter-box.module.css'
import type { Suggestion } from './suggestions.ts'

interface FilterBoxProps {
  readonly ref?: Ref<HTMLInputElement>
  readonly terms: readonly RequestTerm[]
  readonly onChange: (terms: readonly RequestTerm[]) => void
  /** The text that is being written. */
  readonly draft: string
  readonly onDraft: (draft: string) => void
  /** What to offer for it. */
  readonly offered: readonly Suggestion[]
}

/**
 * The filter: tokens that were entered stand as chips, the one being written as text. Enter or a blank makes a chip, Backspace takes the
 * last one back into the text, a click on a chip too. What cannot be read is said beside the box, and changes nothing.
 */
export function FilterBox({ ref, terms, onChange, draft, onDraft, offered }: FilterBoxProps) {
  // A text that was there from the beginning stood in the address, and could not be read.
  const [problem, setProblem] = useState(() => problemOf(draft))
  const input = useRef<HTMLInputElement>(null)
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })

  /** Makes chips of a text; says why not, when it cannot be read. */
  function enter(text: string): void {
    const parsed = parseRequestFilter(text)
    setProblem(parsed.ok ? undefined : parsed.problem)
    if (!parsed.ok) return onDraft(text)
    onDraft('')
    if (parsed.terms.length > 0) onChange([...terms, ...parsed.terms])
  }

  function type(text: string, isComposing: boolean): void {
    setProblem(undefined)
    combobox.openDropdown()
    combobox.resetSelectedOption()
    // A blank ends a token, unless it stands in quotes, or in what is still being composed.
    if (!isComposing && /\s$/.test(text) && text.trim() !== '' && (text.match(/"/g)?.length ?? 0) % 2 === 0) enter(text)
    else onDraft(text)
  }

  /** Takes a chip back into the text. */
  function edit(n: number): void {
    const term = terms[n]
    if (!term) return
    const rest = parseRequestFilter(draft)
    onDraft(formatRequestTerm(term))
    setProblem(undefined)
    onChange([...terms.slice(0, n), ...terms.slice(n + 1), ...(rest.ok ? rest.terms : [])])
    input.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && combobox.getSelectedOptionIndex() < 0) {
      event.preventDefault()
      combobox.closeDropdown()
      enter(draft)
    } else if (event.key === 'Backspace' && draft === '' && terms.length > 0) {
      event.preventDefault()
      edit(terms.length - 1)
    } else if (event.key === 'Escape') {
      // The first one closes what is offered, the next leaves the box.
      event.stopPropagation()
      if (combobox.dropdownOpened) combobox.closeDropdown()
      else input.current?.blur()
    }
  }

  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(text) => {
        const chosen = offered.find((each) => each.text === text)
        if (chosen?.isWhole === true) enter(text)
        else {
          onDraft(text)
          combobox.openDropdown()
        }
        combobox.resetSelectedOption()
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          className={classes['box'] ?? ''}
          classNames={{ input: classes['input'] ?? '' }}
          error={problem}
          description={filterRemarks(terms).join(' ')}
          inputWrapperOrder={['input', 'error', 'description']}
          errorProps={{ role: 'alert' }}
          leftSection={<Filter size={14} aria-hidden />}
          onClick={() => input.current?.focus()}
        >
          <Pill.Group className={classes['list'] ?? ''}>
            {terms.map((term, n) => {
              const text = formatRequestTerm(term)
              return (
                <Pill
                  key={`${n} ${text}`}
                  className={classes['chip'] ?? ''}
                  data-excluded={term.isExcluded || undefined}
                  withRemoveButton
                  onRemove={() => onChange(terms.filter((_, other) => other !== n))}
                  removeButtonProps={{ 'aria-label': `Remove ${text}`, 'aria-hidden': false, tabIndex: 0 }}
                >
                  <button
                    type="button"
                    className={classes['text']}
                    aria-label={`Change ${text}`}
                    onClick={() => edit(n)}
                  >
                    {text}
                  </button>
                </Pill>
              )
            })}
            <Combobox.EventsTarget>
              <PillsInput.Field
                ref={(element) => {
                  input.current = element
                  if (typeof ref === 'function') ref(element)
                  else if (ref) ref.current = element
                }}
                className={classes['field'] ?? ''}
                aria-label="Filter"
                aria-autocomplete="list"
                aria-invalid={problem !== undefined}
                placeholder={terms.length === 0 ? 'status:4xx user:ana op:"disable user" -path:/Schemas' : ''}
                spellCheck={false}
                autoComplete="off"
                value={draft}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => combobox.closeDropdown()}
                onChange={(event) => type(event.currentTarget.value, isFromInputMethod(event.nativeEvent))}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options mah={320} style={{ overflowY: 'auto' }} aria-label="What the filter can say">
          {offered.map(({ text, description }) => (
            <Combobox.Option key={text} value={text} className={classes['option'] ?? ''}>
              <code>{text}</code>
              {description !== '' && <span>{description}</span>}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

/** What comes from an input method is an `InputEvent`, and still to change. */
function isFromInputMethod(event: Event): boolean {
  return event instanceof InputEvent && event.isComposing
}

function problemOf(text: string): string | undefined {
  const parsed = parseRequestFilter(text)
  return parsed.ok ? undefined : parsed.problem
}
