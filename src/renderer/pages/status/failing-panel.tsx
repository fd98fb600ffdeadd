import { Pagination, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CircleX, History } from 'lucide-react'
import { useSearchParams } from 'wouter'
import type { Failing } from '../../../contract/provisioning.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { Nothing } from '../../components/state/nothing.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useNow } from '../../stores/clock.ts'
import { useEngine } from '../../rpc/engine.ts'
import classes from './status.module.css'

const pageSize = 25

function Person({ failing }: { readonly failing: Failing }) {
  const { resource, id, who, status, scimType, answer, advice, attempts, nextRetryAt, isHeld, isPast } = failing
  const now = useNow()
  const Icon = isPast ? History : CircleX
  return (
    <li data-past={isPast || undefined}>
      <Icon size={15} strokeWidth={2.25} aria-label={isPast ? 'Failed in the past' : 'Fails'} />
      <div>
        <span className={classes['who']}>
          {id === null ? <bdi>{who}</bdi> : <TextLink href={`/${resource}s/${id}`}>{<bdi>{who}</bdi>}</TextLink>}
        </span>
        <p>
          Answered with {status}
          {scimType !== null && ` ${scimType}`}: <bdi>{answer}</bdi>
        </p>
        <p className={classes['advice']}>{advice}</p>
        <Text size="xs" c="dimmed" component="p">
          Failed in {amountText(attempts, 'cycle')}, last <RelativeTime at={failing.lastAt} isPast />
          {isPast ? (
            ' · not tried again since, so a matter of the past'
          ) : isHeld ? (
            ' · not tried again while nothing is let in'
          ) : nextRetryAt === null ? (
            ' · tried again when something about it changes'
          ) : (
            <>
              {' '}
              · {nextRetryAt > now ? 'expected' : 'was expected'} again <RelativeTime at={nextRetryAt} />
            </>
          )}{' '}
          · <TextLink href={`/requests/${failing.request}`}>See the request</TextLink>
        </Text>
      </div>
    </li>
  )
}

/** Who fails, what was answered, and what to do about each. */
export function FailingPanel({ slug }: { readonly slug: string }) {
  const engine = useEngine()
  const [search, setSearch] = useSearchParams()
  const page = Math.max(1, Math.floor(Number(search.get('failing') ?? 1)) || 1)
  const query = useQuery(
    engine.provisioning.failing.queryOptions({
      input: { slug, page, pageSize },
      placeholderData: keepPreviousData,
      // Whether a failure is of the past changes with the time alone.
      refetchInterval: 60_000,
    }),
  )
  const present = query.data?.present ?? 0
  return (
    <div id="failing">
      <Panel title={present === 0 ? 'Who fails' : `Who fails (${present})`} isFlush>
        <QueryView query={query} lines={4}>
          {({ items, total }) =>
            total === 0 ? (
              <Nothing why="empty" title="Nobody fails">
                A user or group about whom a request fails stands here with what was answered and what to do, until a
                request about it succeeds.
              </Nothing>
            ) : (
              <>
                <ul className={classes['people']} aria-label="Users and groups that fail">
                  {items.map((failing) => (
                    <Person key={`${failing.resource} ${failing.id ?? failing.who}`} failing={failing} />
                  ))}
                </ul>
                {total > pageSize && (
                  <div className="padded">
                    <Pagination
                      size="sm"
                      total={Math.ceil(total / pageSize)}
                      value={page}
                      onChange={(next) =>
                        setSearch((before) => ({ ...Object.fromEntries(before), failing: String(next) }))
                      }
                      getControlProps={(control) => ({ 'aria-label': `${control} page of those who fail` })}
                      getItemProps={(n) => ({ 'aria-label': `Page ${n} of those who fail` })}
                    />
                  </div>
                )}
              </>
            )
          }
        </QueryView>
      </Panel>
    </div>
  )
}
