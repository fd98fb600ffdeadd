import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { DriftedRecord } from '../../../contract/provisioning.ts'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { RelativeTime } from '../../components/text/relative-time.tsx'
import { StatusList } from '../../components/state/status-list.tsx'
import { TextLink } from '../../components/text/text-link.tsx'
import { useEngine } from '../../rpc/engine.ts'

const longestValue = 120

/** A value in a line; what is long is cut. */
function valueText(value: DriftedRecord['attributes'][number]['now']): string {
  if (value === null) return 'nothing'
  const text = typeof value === 'string' ? `“${value}”` : JSON.stringify(value)
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text
}

/** What somebody edited by hand and the IdP has not written since. */
export function DriftPanel({ slug }: { readonly slug: string }) {
  const engine = useEngine()
  const query = useQuery(engine.provisioning.drift.queryOptions({ input: { slug } }))
  return (
    <Panel title="Drift">
      <QueryView query={query}>
        {(records) =>
          records.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nobody has edited by hand what this identity provider manages.
            </Text>
          ) : (
            <StatusList
              label="Records edited by hand"
              items={records.map((each) => ({
                key: each.id,
                meaning: 'attention' as const,
                word: 'Edited by hand',
                text: (
                  <>
                    <TextLink href={`/${each.resource === 'User' ? 'users' : 'groups'}/${each.id}`}>
                      <bdi>{each.name}</bdi>
                    </TextLink>
                    {each.attributes.map(({ name, written, now }) => (
                      <div key={name}>
                        {name}:{' '}
                        {name === 'members' ? 'other members' : `${valueText(now)}, and not ${valueText(written)}`}
                      </div>
                    ))}
                    <Text size="xs" c="dimmed" component="p" m={0} mt={2}>
                      by {each.lastActor} <RelativeTime at={each.since} isPast />; the identity provider overwrites it
                      when it next sends the attribute
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
