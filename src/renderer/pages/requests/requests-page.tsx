import { Button, TextInput } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useLocation, useParams, useSearchParams } from 'wouter'
import { formatRequestFilter, parseRequestFilter } from '../../../contract/request-filter.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { DetailSplit } from '../../components/detail-split.tsx'
import { ListFrame } from '../../components/list-frame.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { RequestTable } from '../../components/request-table.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import { RequestDetailView } from './request-detail-view.tsx'
import classes from './requests-page.module.css'

const pageSize = 100

/** The request log, newest first, narrowed by the filter in the address. */
export function RequestsPage() {
  const { id } = useParams<{ id?: string }>()
  const [search, setSearch] = useSearchParams()
  const [, navigate] = useLocation()
  const engine = useEngine()
  const now = useNow()
  const text = search.get('filter') ?? ''
  const parsed = parseRequestFilter(text)
  const query = useInfiniteQuery(
    engine.requests.page.infiniteOptions({
      input: (before: number | null) => ({ filter: parsed.ok ? [...parsed.terms] : [], before, limit: pageSize }),
      initialPageParam: null,
      getNextPageParam: (page) => page.next ?? undefined,
      enabled: parsed.ok,
      refetchInterval: 2000,
    }),
  )
  const suffix = text === '' ? '' : `?${new URLSearchParams({ filter: text }).toString()}`
  return (
    <>
      <PageHeader title="Requests" />
      <FilterBox
        key={text}
        text={text}
        problem={parsed.ok ? undefined : parsed.problem}
        onChange={(next) => setSearch(next === '' ? {} : { filter: next })}
      />
      <ListFrame fills>
        <DetailSplit
          id="requests"
          detailTitle={`Request ${id ?? ''}`}
          detail={id === undefined ? undefined : <RequestDetailView id={id} />}
          onClose={() => navigate(`/requests${suffix}`)}
          list={
            <QueryView query={query} lines={8}>
              {({ pages }) => {
                const rows = pages.flatMap((page) => page.items)
                if (rows.length === 0) return <NoRequests isFiltered={text !== ''} onClear={() => setSearch({})} />
                return (
                  <>
                    <RequestTable
                      id="requests"
                      label="Requests, newest first"
                      rows={rows}
                      isShort={id !== undefined}
                      now={now}
                      selectedId={Number(id)}
                      hrefOf={(request) => `/requests/${request.id}${suffix}`}
                    />
                    {query.hasNextPage && (
                      <Button
                        variant="subtle"
                        fullWidth
                        loading={query.isFetchingNextPage}
                        onClick={() => void query.fetchNextPage()}
                      >
                        Show older ones
                      </Button>
                    )}
                  </>
                )
              }}
            </QueryView>
          }
        />
      </ListFrame>
    </>
  )
}

interface FilterBoxProps {
  readonly text: string
  readonly problem: string | undefined
  readonly onChange: (text: string) => void
}

function FilterBox({ text, problem, onChange }: FilterBoxProps) {
  const [draft, setDraft] = useState(text)
  const [told, setTold] = useState(problem)
  const input = useRef<HTMLInputElement>(null)
  useShortcut({ key: '/', label: 'Filter the requests', onPress: () => input.current?.focus() })

  function submit(event: FormEvent): void {
    event.preventDefault()
    const parsed = parseRequestFilter(draft)
    setTold(parsed.ok ? undefined : parsed.problem)
    if (parsed.ok) onChange(formatRequestFilter(parsed.terms))
  }

  return (
    <form onSubmit={submit} className={classes['filter']}>
      <TextInput
        ref={input}
        aria-label="Filter"
        placeholder='status:4xx method:PATCH user:ana op:"disable user" -path:/Schemas'
        value={draft}
        error={told}
        onChange={(event) => setDraft(event.currentTarget.value)}
        classNames={{ input: classes['input'] }}
      />
      <Button type="submit" variant="default" h={36}>
        Filter
      </Button>
    </form>
  )
}

function NoRequests({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  return isFiltered ? (
    <Nothing
      why="filtered"
      title="No request matches"
      action={
        <Button variant="default" onClick={onClear}>
          Show all requests
        </Button>
      }
    >
      The log has requests, but none that this filter lets through.
    </Nothing>
  ) : (
    <Nothing why="empty" title="No request has come yet">
      As soon as an identity provider calls, its requests stand here, each with the reason for its answer.
    </Nothing>
  )
}
