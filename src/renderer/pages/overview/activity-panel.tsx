import { Group, SegmentedControl, Text } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'wouter'
import type { ActivityBucket } from '../../../contract/overview.ts'
import { amountText } from '../../components/text/amount-text.ts'
import { BarChart, BarSample, type Bar } from '../../components/viewer/bar-chart.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { useNow } from '../../stores/clock.ts'
import classes from './activity-panel.module.css'
import { period, tick, type Range } from './activity-time.ts'
import { lastDays } from './last-days.ts'

function changesText({ userChanges, groupChanges }: Pick<ActivityBucket, 'userChanges' | 'groupChanges'>): string {
  return `${amountText(userChanges, 'change')} to people, ${amountText(groupChanges, 'change')} to groups`
}

function barOf(bucket: ActivityBucket, range: Range, n: number): Bar {
  const failed = bucket.failures === 0 ? '' : `, ${bucket.failures} failed`
  return {
    key: bucket.at,
    tick: tick(bucket.at, range, n),
    description: `${period(bucket.at, range)}: ${amountText(bucket.requests, 'request')}${failed}; ${changesText(bucket)}`,
    good: bucket.requests - bucket.failures,
    bad: bucket.failures,
  }
}

function sum(buckets: readonly ActivityBucket[], of: (bucket: ActivityBucket) => number): number {
  return buckets.reduce((total, bucket) => total + of(bucket), 0)
}

/** Requests over time, of one integration or of all. */
export function ActivityPanel({ slug = null }: { readonly slug?: string | null }) {
  const [search, setSearch] = useSearchParams()
  const now = useNow()
  const range: Range = search.get('range') === 'month' ? 'month' : 'day'
  const engine = useEngine()
  const query = useQuery(
    engine.overview.activity.queryOptions({
      input: { slug, days: range === 'month' ? lastDays(now, 30) : null },
      placeholderData: keepPreviousData,
    }),
  )
  return (
    <Panel
      title="Activity"
      actions={
        <SegmentedControl
          size="xs"
          aria-label="How far back"
          value={range}
          onChange={(value) => setSearch(value === 'month' ? { range: 'month' } : {}, { replace: true })}
          data={[
            { value: 'day', label: '24 hours' },
            { value: 'month', label: '30 days' },
          ]}
        />
      }
    >
      <QueryView query={query} lines={4}>
        {({ buckets }) => (
          <>
            <BarChart label="Requests over time" bars={buckets.map((bucket, n) => barOf(bucket, range, n))} />
            <Group mt="xs" className={`tabular ${classes['totals']}`}>
              <Text size="xs" c="dimmed">
                <BarSample part="good" />
                {amountText(
                  sum(buckets, (each) => each.requests),
                  'request',
                )}
              </Text>
              <Text size="xs" c="dimmed">
                <BarSample part="bad" />
                {amountText(
                  sum(buckets, (each) => each.failures),
                  'failure',
                )}
              </Text>
              <Text size="xs" c="dimmed">
                {changesText({
                  userChanges: sum(buckets, (each) => each.userChanges),
                  groupChanges: sum(buckets, (each) => each.groupChanges),
                })}
              </Text>
            </Group>
          </>
        )}
      </QueryView>
    </Panel>
  )
}
