import { SegmentedControl, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { importOutcome, type ImportRow, type ImportState } from '../../../contract/imports.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { ListFrame } from '../../components/table/list-frame.tsx'
import { Nothing } from '../../components/state/nothing.tsx'
import { Pager } from '../../components/table/pager.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { shortName } from '../directory/change-text.ts'
import { valueText } from '../directory/value-text.ts'
import { outcomes } from './import-outcomes.ts'
import classes from './import-rows.module.css'

const pageSize = 100

function What({ row }: { readonly row: ImportRow }) {
  if (row.problem !== null) return <>{row.problem}</>
  if (row.formerOf !== null)
    return (
      <>
        A second account: this was the user ID of <bdi>{row.formerOf}</bdi> before a conversion
      </>
    )
  if (row.outcome === 'created') return <span className={classes['quiet']}>A new person</span>
  return (
    <ul className={classes['changes']}>
      {row.isManaged && row.changes.length > 0 && <li>Managed by an identity provider</li>}
      {row.changes.map(({ attribute, before, after }) => (
        <li key={attribute} title={attribute}>
          {shortName(attribute)}: <del>{valueText(before)}</del> → {valueText(after)}
        </li>
      ))}
    </ul>
  )
}

const columns = (isDone: boolean): readonly Column<ImportRow>[] => [
  { id: 'line', label: 'Line', width: 72, isNumber: true, cell: ({ line }) => numberText(line) },
  {
    id: 'userName',
    label: 'userName',
    width: 260,
    cell: ({ userName }) => <bdi className="cut">{userName || '–'}</bdi>,
  },
  {
    id: 'outcome',
    label: 'Outcome',
    width: 120,
    cell: ({ outcome }) => {
      const known = outcomes.find((each) => each.id === outcome)
      return <StateBadge meaning={known?.meaning ?? 'neutral'} word={known?.one ?? outcome} />
    },
  },
  { id: 'what', label: isDone ? 'What was foreseen' : 'What happens', wraps: true, cell: (row) => <What row={row} /> },
]

interface ImportRowsProps {
  readonly id: string
  readonly counts: ImportState['forecast']
  /** It has begun to be imported; the lines stay what the preview said. */
  readonly isDone: boolean
}

/** The lines of the file with what happens to each; those of one outcome, or all. */
export function ImportRows({ id, counts, isDone }: ImportRowsProps) {
  const engine = useEngine()
  const [search, setSearch] = useSearchParams()
  const [offset, setOffset] = useState(0)
  const outcome = importOutcome.safeParse(search.get('outcome')).data ?? null
  const query = useQuery(
    engine.imports.rows.queryOptions({
      input: { id, outcome, offset, limit: pageSize },
      placeholderData: keepPreviousData,
    }),
  )

  function choose(next: string): void {
    setOffset(0)
    setSearch(
      (before) => {
        const after = new URLSearchParams(before)
        if (next === 'all') after.delete('outcome')
        else after.set('outcome', next)
        return after
      },
      { replace: true },
    )
  }

  return (
    <>
      {isDone && (
        <Text size="sm" c="dimmed">
          Below is what the preview said of each line; what became of it is in the saved result.
        </Text>
      )}
      <SegmentedControl
        className={classes['filter']}
        size="xs"
        aria-label="Which lines"
        data={[
          { value: 'all', label: 'All lines' },
          ...outcomes
            .filter((each) => counts[each.id] > 0)
            .map((each) => ({ value: each.id, label: `${each.one} ${numberText(counts[each.id])}` })),
        ]}
        value={outcome ?? 'all'}
        onChange={choose}
      />
      <ListFrame fills>
        <QueryView query={query} lines={6}>
          {({ items, total }) =>
            items.length === 0 ? (
              <Nothing why={outcome === null ? 'empty' : 'filtered'} title="There is no such line" />
            ) : (
              <>
                <DataTable
                  id="import"
                  label="Lines of the file"
                  columns={columns(isDone)}
                  rows={items}
                  keyOf={(row) => String(row.line)}
                  describe={(row) => `Line ${row.line}, ${row.userName}`}
                  total={total}
                  firstRow={offset + 1}
                />
                <Pager
                  what="lines"
                  first={offset + 1}
                  count={items.length}
                  total={total}
                  previous={offset > 0 ? String(offset - pageSize) : null}
                  next={offset + items.length < total ? String(offset + pageSize) : null}
                  onGo={(cursor) => setOffset(Number(cursor ?? 0))}
                />
              </>
            )
          }
        </QueryView>
      </ListFrame>
    </>
  )
}
