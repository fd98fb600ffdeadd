import { Button, SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import { SearchBox } from '../../components/table/search-box.tsx'
import classes from './roster-bar.module.css'
import type { RosterFilter } from './roster-filter.ts'
import { SourceSelect } from './source-select.tsx'

interface RosterBarProps {
  /** "people" */
  readonly what: string
  /** What can be searched by. */
  readonly placeholder: string
  readonly directory: string
  readonly filter: RosterFilter
  /** Filters that only this list has. */
  readonly children?: ReactNode
}

/** The filters above the list of users and of groups. */
export function RosterBar({ what, placeholder, directory, filter, children }: RosterBarProps) {
  const hasDrifted = filter.get('drift') !== ''
  return (
    <div className={classes['bar']}>
      <SearchBox
        label={`Search ${what}`}
        placeholder={placeholder}
        value={filter.get('q')}
        width={230}
        hasKey
        onChange={(q, goesOn) => filter.set({ q, in: '' }, goesOn)}
      />
      <SegmentedControl
        aria-label={`Which ${what}`}
        size="xs"
        data={[
          { value: 'present', label: 'Present' },
          { value: 'archived', label: 'Archived' },
        ]}
        value={filter.get('archived') === '' ? 'present' : 'archived'}
        onChange={(value) => filter.set({ archived: value === 'archived' ? '1' : '' })}
      />
      <SourceSelect directory={directory} value={filter.get('source')} onChange={(source) => filter.set({ source })} />
      {children}
      <Button
        variant={hasDrifted ? 'light' : 'default'}
        h={36}
        aria-pressed={hasDrifted}
        onClick={() => filter.set({ drift: hasDrifted ? '' : '1' })}
      >
        Edited by hand
      </Button>
      {filter.isFiltered && (
        <Button variant="subtle" h={36} px="xs" aria-label="Clear the filters" onClick={filter.clear}>
          Clear
        </Button>
      )}
    </div>
  )
}
