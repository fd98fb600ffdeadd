import { memo, useState, type RefObject } from 'react'
import { formatRequestFilter, parseRequestFilter, type RequestTerm } from '../../../../contract/request-filter.ts'
import type { RequestLog } from '../log/request-log.ts'
import classes from '../requests-page.module.css'
import { FilterBox } from './filter-box.tsx'
import { SavedFilters } from './saved-filters.tsx'
import { useSuggestions } from './use-suggestions.ts'

interface FilterBarProps {
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly terms: readonly RequestTerm[]
  /** What stands in the address and cannot be read, to be mended. */
  readonly broken: string | undefined
  /** The log, for what is offered. */
  readonly log: RequestLog
  readonly onChange: (terms: readonly RequestTerm[]) => void
}

/** The filter box with what it offers, and the filters that were saved. */
export const FilterBar = memo(function FilterBar({ inputRef, terms, broken, log, onChange }: FilterBarProps) {
  const [draft, setDraft] = useState(broken ?? '')
  const offered = useSuggestions(log, draft)
  return (
    <div className={classes['bar']}>
      <FilterBox ref={inputRef} terms={terms} onChange={onChange} draft={draft} onDraft={setDraft} offered={offered} />
      <SavedFilters
        filter={formatRequestFilter(terms)}
        onChoose={(text) => {
          const parsed = parseRequestFilter(text)
          if (parsed.ok) onChange(parsed.terms)
        }}
      />
    </div>
  )
})
