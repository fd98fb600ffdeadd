import { Button, Menu } from '@mantine/core'
import { CirclePause, Download, Play } from 'lucide-react'
import { useCallback, useRef, useState } from 'react'
import type { RequestTerm } from '../../../contract/request-filter.ts'
import type { Request } from '../../../contract/requests.ts'
import { useShortcut } from '../../app/use-shortcut.ts'
import { numberText } from '../../components/text/amount-text.ts'
import { ConfirmDialog } from '../../components/dialog/confirm-dialog.tsx'
import { DetailSplit } from '../../components/page/detail-split.tsx'
import { PageHeader } from '../../components/page/page-header.tsx'
import { CompareView } from './detail/compare-view.tsx'
import { RequestDetailView } from './detail/request-detail-view.tsx'
import { onlyWith, without } from './filter/change-filter.ts'
import { FilterBar } from './filter/filter-bar.tsx'
import { LiveStatus } from './list/live-status.tsx'
import type { GridHandle } from './list/request-grid.tsx'
import { RequestList } from './list/request-list.tsx'
import { RowMenu, type OpenMenu } from './list/row-menu.tsx'
import { useSortedRows } from './list/use-sorted-rows.ts'
import { idOfRow } from './log/log-row.ts'
import type { RequestLog } from './log/request-log.ts'
import { useIsHeld, useIsLoaded, useRequestLog } from './log/use-request-log.ts'
import { MarkedRequests } from './marked-requests.tsx'
import { NotRecordedNotice } from './not-recorded-notice.tsx'
import { RequestCount } from './request-count.tsx'
import { RequestsFooter } from './requests-footer.tsx'
import classes from './requests-page.module.css'
import { useRequestActions } from './use-request-actions.ts'
import { useRequestsAddress } from './use-requests-address.ts'

const none: ReadonlySet<number> = new Set()

/** The live log: everything that identity providers ask, as it comes, with the reason for each answer. */
export function RequestsPage() {
  const address = useRequestsAddress()
  const { filter, id, open } = address
  const log = useRequestLog(filter)
  const isHeld = useIsHeld(log)
  const isLoaded = useIsLoaded(log)
  const actions = useRequestActions(log)
  const grid = useRef<GridHandle>(null)
  const filterInput = useRef<HTMLInputElement>(null)
  const [menu, setMenu] = useState<OpenMenu>()
  const [marked, setMarked] = useState<ReadonlySet<number>>(none)
  const isFiltered = filter.length > 0

  // A list in another order does not move: it holds what matched when it was sorted.
  const sort = isHeld || isFiltered ? address.sort : undefined
  const [sortedSet, setSortedSet] = useState<{ readonly of: readonly RequestTerm[]; readonly upTo: number }>()
  if (sort && isLoaded && sortedSet?.of !== filter) setSortedSet({ of: filter, upTo: newestIn(log) })
  if (!sort && sortedSet) setSortedSet(undefined)
  const sorted = useSortedRows(filter, sort, sortedSet?.upTo ?? 0)

  const openNumber = Number(id)
  const openId = Number.isSafeInteger(openNumber) ? openNumber : undefined
  const detailTitle =
    address.compare === undefined ? `Request ${id ?? ''}` : `Requests ${id ?? ''} and ${address.compare}`

  const mark = useCallback((request: Request) => {
    setMarked((known) => {
      if (known.has(request.id)) return new Set([...known].filter((each) => each !== request.id))
      // Two can be compared: a third takes the place of the one chosen first.
      return new Set([...[...known].slice(-1), request.id])
    })
  }, [])
  const openMenu = useCallback((request: Request, anchor: HTMLElement) => setMenu({ request, anchor }), [])

  function togglePause(): void {
    if (isHeld) log.resume()
    else log.pause()
  }

  /** The request that a key is meant for: the one that the keys are at, else the open one. */
  function meant(): Pick<Request, 'id'> | undefined {
    return grid.current?.active()?.request ?? (openId === undefined ? undefined : { id: openId })
  }

  useShortcut({ key: ' ', shown: 'Space', label: isHeld ? 'Resume the list' : 'Pause the list', onPress: togglePause })
  useShortcut({ key: '/', label: 'Filter', onPress: () => filterInput.current?.focus() })
  useShortcut({ key: 'c', label: 'Copy as cURL', onPress: () => ifAny(meant(), actions.copyCurl) })
  useShortcut({
    key: 'x',
    label: 'Compare: choose a request',
    onPress: () => ifAny(grid.current?.active()?.request, mark),
  })
  useShortcut({
    key: 'p',
    label: 'Pin or unpin',
    onPress: () => ifAny(grid.current?.active()?.request, actions.togglePin),
  })
  useShortcut({
    key: 'm',
    label: 'Menu of the request',
    onPress: () => {
      const active = grid.current?.active()
      if (active?.element) openMenu(active.request, active.element)
    },
  })

  const setFilter = useCallback(
    (next: readonly RequestTerm[]) => {
      setMarked(none)
      address.setFilter(next)
    },
    [address],
  )

  const remark =
    sort && !sorted.isAll && sorted.total !== undefined
      ? `sorted among the newest ${numberText(sorted.total)}`
      : undefined
  return (
    <>
      <PageHeader
        title="Requests"
        open={id === undefined ? undefined : detailTitle}
        state={<RequestCount log={log} filter={filter} />}
        actions={
          <>
            <Button
              variant="default"
              leftSection={isHeld ? <Play size={14} aria-hidden /> : <CirclePause size={14} aria-hidden />}
              onClick={togglePause}
            >
              {isHeld ? 'Resume' : 'Pause'}
            </Button>
            <Menu withInitialFocusPlaceholder={false} position="bottom-end" width={300}>
              <Menu.Target>
                <Button variant="default" leftSection={<Download size={14} aria-hidden />}>
                  Export
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Label>{isFiltered ? 'All that match' : 'The whole log'}, without secrets</Menu.Label>
                <Menu.Item onClick={() => actions.save(filter, 'har')}>
                  HAR, for the developer tools of a browser
                </Menu.Item>
                <Menu.Item onClick={() => actions.save(filter, 'ndjson')}>NDJSON, a JSON object a line</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        }
      />
      <NotRecordedNotice />
      <FilterBar
        // A filter that came by the address starts the box anew.
        key={address.broken ?? ''}
        inputRef={filterInput}
        terms={filter}
        broken={address.broken}
        log={log}
        onChange={setFilter}
      />
      <div className={classes['frame']} data-fills>
        <DetailSplit
          id="requests"
          detailTitle={detailTitle}
          detail={
            id === undefined ? undefined : address.compare !== undefined && openId !== undefined ? (
              <CompareView one={openId} other={address.compare} hrefOf={address.hrefOf} />
            ) : (
              <RequestDetailView
                id={id}
                tab={address.tab}
                onTab={address.setTab}
                hrefOf={address.hrefOf}
                actions={actions}
              />
            )
          }
          onClose={address.close}
          list={
            <RequestList
              gridRef={grid}
              list={JSON.stringify([filter, sort])}
              log={log}
              sorted={sort ? sorted : undefined}
              sort={sort}
              onSort={isHeld || isFiltered ? address.setSort : undefined}
              isFiltered={isFiltered}
              openId={openId}
              marked={marked}
              hrefOf={address.hrefOf}
              onOpen={open}
              onMark={mark}
              onMenu={openMenu}
              onClear={() => setFilter([])}
            />
          }
        />
        <MarkedRequests
          marked={marked}
          onCompare={(one, other) => {
            setMarked(none)
            address.compareWith(one, other)
          }}
          onClear={() => setMarked(none)}
        />
      </div>
      <RequestsFooter log={log} sorted={sort ? sorted.rows.end : undefined} notice={actions.notice} remark={remark} />
      <LiveStatus log={log} />
      <RowMenu
        menu={menu}
        actions={actions}
        openId={openId}
        onClose={() => setMenu(undefined)}
        onOnly={(term) => setFilter(onlyWith(filter, term))}
        onWithout={(term) => setFilter(without(filter, term))}
        onCompare={(other) => openId !== undefined && address.compareWith(openId, other)}
        onReplay={(of) => address.openTab(of, 'replay')}
      />
      <ConfirmDialog
        isOpen={actions.unpinning !== undefined}
        onClose={actions.cancelUnpin}
        title={`Unpin request ${actions.unpinning?.id ?? ''} and lose it?`}
        action="Unpin and lose it"
        isDangerous
        onConfirm={actions.confirmUnpin}
      >
        It is older than what the log keeps: without its pin it is gone for good, with its headers and bodies.
      </ConfirmDialog>
    </>
  )
}

function ifAny<Value>(value: Value | undefined, act: (value: Value) => void): void {
  if (value !== undefined) act(value)
}

/** The newest number in view; 1 in an empty list, where there is nothing to sort. */
function newestIn(log: RequestLog): number {
  const row = log.at(log.view().end - 1)
  return row ? idOfRow(row) : 1
}
