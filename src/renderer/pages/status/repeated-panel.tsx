import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { amountText } from '../../components/text/amount-text.ts'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StatusList } from '../../components/state/status-list.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'

/** What is set to the same value in cycle after cycle, and why it does not read back. */
export function RepeatedPanel({ slug }: { readonly slug: string }) {
  const engine = useEngine()
  const query = useQuery(engine.provisioning.repeatedUpdates.queryOptions({ input: { slug } }))
  return (
    <Panel title="Repeated updates">
      <QueryView query={query}>
        {(updates) =>
          updates.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing is set again and again to the same value.
            </Text>
          ) : (
            <StatusList
              label="Repeated updates"
              items={updates.map((each) => ({
                key: `${each.resource} ${each.path} ${each.sentence}`,
                meaning: 'attention' as const,
                word: 'Worth mending',
                title: each.path,
                text: (
                  <>
                    {each.sentence}
                    <Text size="xs" c="dimmed" component="p" m={0} mt={2}>
                      {amountText(each.resources, each.resource)}, in up to {amountText(each.times, 'cycle')}, last{' '}
                      <RelativeTime at={each.lastAt} isPast />
                      {each.examples.slice(0, 1).map(({ request }) => (
                        <span key={request}>
                          {' '}
                          · <TextLink href={`/requests/${request}`}>See one of the requests</TextLink>
                        </span>
                      ))}
                    </Text>
                  </>
                ),
              }))}
            />
          )
        }
      </QueryView>
    </Panel>
  )
}
