import { Code, Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CustomAttribute } from '../../../contract/attributes.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { DataTable, type Column } from '../../components/data-table.tsx'
import { ListFrame } from '../../components/list-frame.tsx'
import { Nothing } from '../../components/nothing.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { QueryView } from '../../components/query-view.tsx'
import { useEngine } from '../../rpc/engine.ts'

const columns: readonly Column<CustomAttribute>[] = [
  { id: 'name', label: 'Name', width: 180, cell: ({ name }) => name },
  {
    id: 'type',
    label: 'Type',
    width: 150,
    cell: ({ type, multiValued }) => (multiValued ? `${type}, several` : type),
  },
  {
    id: 'mapping',
    label: 'Name in the identity provider',
    cell: ({ mappingName }) => (
      <Group gap={6} wrap="nowrap">
        <Code>{mappingName}</Code>
        <CopyButton value={mappingName} what={`name of ${mappingName}`} />
      </Group>
    ),
  },
]

/** The attributes that the admin added to the schema. */
export function AttributesPage() {
  const engine = useEngine()
  const query = useQuery(engine.attributes.list.queryOptions({ input: {} }))
  return (
    <>
      <PageHeader
        title="Attributes"
        description="Attributes of your own, in addition to the standard ones, under the exact name to paste into the identity provider."
      />
      <ListFrame>
        <QueryView query={query}>
          {(attributes) =>
            attributes.length === 0 ? (
              <Nothing why="empty" title="There is no custom attribute yet">
                On the command line: <Code>rollcall attributes add costCenterCode --type string</Code>
              </Nothing>
            ) : (
              <DataTable
                id="attributes"
                label="Custom attributes"
                columns={columns}
                rows={attributes}
                keyOf={(attribute) => attribute.mappingName}
              />
            )
          }
        </QueryView>
      </ListFrame>
    </>
  )
}
