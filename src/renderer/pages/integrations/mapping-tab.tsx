import { Code, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { Integration, MappingRow } from '../../../contract/integrations.ts'
import type { CustomAttribute } from '../../../contract/attributes.ts'
import { CopyButton } from '../../components/file/copy-button.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { useEngine } from '../../rpc/engine.ts'
import { GuideSteps } from './guide-steps.tsx'

function Target({ value }: { readonly value: string }) {
  return (
    <Group gap={6} wrap="nowrap">
      <Code className="breakable">
        {value.split(/(?=[.[])|(?<= )/).map((part, n) => (
          // The parts of one value never change places.
          // oxlint-disable-next-line react/no-array-index-key
          <Fragment key={n}>
            {part}
            <wbr />
          </Fragment>
        ))}
      </Code>
      <CopyButton value={value} what={value} />
    </Group>
  )
}

const mappingColumns: readonly Column<MappingRow>[] = [
  {
    id: 'source',
    label: 'In the identity provider',
    width: 220,
    wraps: true,
    cell: ({ source }) => source,
  },
  {
    id: 'target',
    label: 'SCIM attribute',
    wraps: true,
    narrowest: 190,
    cell: ({ target }) => <Target value={target} />,
  },
  {
    id: 'match',
    label: 'Matching',
    width: 90,
    cell: ({ isMatch }) => (isMatch ? <StateBadge meaning="information" word="Match" /> : ''),
  },
  { id: 'remark', label: 'Remark', wraps: true, cell: ({ remark }) => remark },
]

const customColumns: readonly Column<CustomAttribute>[] = [
  { id: 'name', label: 'Name', width: 180, cell: ({ name }) => name },
  { id: 'type', label: 'Type', width: 130, cell: ({ type, multiValued }) => (multiValued ? `${type}, several` : type) },
  {
    id: 'mapping',
    label: 'Exact name to paste',
    wraps: true,
    cell: ({ mappingName }) => <Target value={mappingName} />,
  },
]

/** What the IdP maps to what, under the exact names, and the custom attributes of the directory. */
export function MappingTab({ integration }: { readonly integration: Integration }) {
  const engine = useEngine()
  const guide = useQuery(engine.integrations.guide.queryOptions({ input: { slug: integration.slug } }))
  const custom = useQuery(engine.attributes.list.queryOptions({ input: { directory: integration.directory } }))
  return (
    <Stack gap="md">
      <QueryView query={guide} lines={8}>
        {({ mapping, customAttribute, checked }) => (
          <>
            {(['User', 'Group'] as const).map((resource) => {
              const rows = mapping.filter((each) => each.resource === resource)
              return rows.length === 0 ? null : (
                <Panel key={resource} title={resource === 'User' ? 'People' : 'Groups'} isFlush>
                  <DataTable
                    id={`mapping-${resource}`}
                    label={`Mapping of ${resource === 'User' ? 'people' : 'groups'}`}
                    columns={mappingColumns}
                    rows={rows}
                    keyOf={({ source, target }) => `${source} ${target}`}
                  />
                </Panel>
              )
            })}
            <Text size="xs" c="dimmed">
              {checked === undefined
                ? 'What such a client usually sends; yours may differ.'
                : `The usual mapping of ${integration.idpSpoken}, checked in ${checked}; your tenant may differ.`}
            </Text>
            <Panel title="Custom attributes" isFlush>
              <QueryView query={custom}>
                {(attributes) =>
                  attributes.length === 0 ? (
                    <Text size="sm" c="dimmed" p="md">
                      The directory has none. Define one under Attributes, then map it as described below.
                    </Text>
                  ) : (
                    <DataTable
                      id="mapping-custom"
                      label="Custom attributes"
                      columns={customColumns}
                      rows={attributes}
                      keyOf={({ mappingName }) => mappingName}
                    />
                  )
                }
              </QueryView>
            </Panel>
            <Panel title={`Adding one in ${integration.idpSpoken}`}>
              <GuideSteps steps={customAttribute} integration={integration} />
            </Panel>
          </>
        )}
      </QueryView>
    </Stack>
  )
}
