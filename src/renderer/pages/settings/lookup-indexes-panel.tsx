import { Autocomplete, Button, Select, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRef, useState, type FormEvent, type RefObject } from 'react'
import type { Directory } from '../../../contract/directories.ts'
import type { LookupIndex } from '../../../contract/lookup-indexes.ts'
import { besideField } from '../../components/form/beside-field.tsx'
import { Panel } from '../../components/page/panel.tsx'
import { Problem } from '../../components/state/problem.tsx'
import { QueryView } from '../../components/state/query-view.tsx'
import { StateBadge } from '../../components/state/state-badge.tsx'
import { DataTable, type Column } from '../../components/table/data-table.tsx'
import { inputProblem } from '../../rpc/problem-of.ts'
import { useEngine } from '../../rpc/engine.ts'
import { mainDirectory } from '../directory/use-directory.ts'

const common = [
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber',
  'nickName',
  'phoneNumbers.value',
  'profileUrl',
]

const reasons: Readonly<Record<LookupIndex['origin'], string>> = {
  admin: 'you asked for it',
  'matching-attribute': 'an integration matches by it',
  lookups: 'people were looked up by it',
}

/** An index stays where no integration matches by its attribute any more: another may look people up by it all the same. */
function reasonOf({ origin, isMatched }: LookupIndex): string {
  return origin === 'matching-attribute' && !isMatched ? 'one matched by it, none does now' : reasons[origin]
}

/** While something goes on, how far it is is asked for so often, in ms. */
const watchEveryMs = 1000
const lookEveryMs = 20_000

function isUnderWay({ state }: LookupIndex): boolean {
  return state === 'building' || state === 'dropping'
}

function State({ state, percent }: LookupIndex) {
  switch (state) {
    case 'ready':
      return <StateBadge meaning="ok" word="In use" />
    case 'building':
      return <StateBadge meaning="information" word={`${percent} % made`} />
    case 'dropping':
      return <StateBadge meaning="information" word="Being removed" />
    default:
      return <StateBadge meaning="neutral" word="Removed" />
  }
}

interface Acts {
  readonly onAdd: (index: LookupIndex) => void
  readonly onRemove: (index: LookupIndex) => void
  readonly isBusy: boolean
}

function Action({ index, acts }: { readonly index: LookupIndex; readonly acts: Acts }) {
  if (index.state === 'dropping') return null
  const isGone = index.state === 'declined'
  const label = isGone ? 'Make it again' : 'Remove'
  return (
    <Button
      size="compact-xs"
      variant="default"
      disabled={acts.isBusy}
      aria-label={`${label}: the index of ${index.attribute}`}
      onClick={() => (isGone ? acts.onAdd(index) : acts.onRemove(index))}
    >
      {label}
    </Button>
  )
}

function columns(directories: readonly Directory[], acts: Acts): readonly Column<LookupIndex>[] {
  const nameOf = (slug: string) => directories.find((each) => each.slug === slug)?.name ?? slug
  const directory: Column<LookupIndex> = {
    id: 'directory',
    label: 'Directory',
    width: 130,
    cell: (index) => nameOf(index.directory),
  }
  return [
    {
      id: 'attribute',
      label: 'Attribute',
      cell: ({ attribute }) => <span title={attribute}>{attribute.replace(/^urn:.*:/, '')}</span>,
    },
    ...(directories.length > 1 ? [directory] : []),
    { id: 'state', label: 'State', width: 140, cell: (index) => <State {...index} /> },
    { id: 'why', label: 'Because', width: 210, cell: reasonOf },
    { id: 'action', label: 'Change', width: 128, cell: (index) => <Action index={index} acts={acts} /> },
  ]
}

interface AddFormProps {
  readonly directories: readonly Directory[]
  readonly field: RefObject<HTMLInputElement | null>
}

function AddForm({ directories, field }: AddFormProps) {
  const engine = useEngine()
  const [attribute, setAttribute] = useState('')
  const [directory, setDirectory] = useState(mainDirectory)
  const add = useMutation(engine.lookupIndexes.add.mutationOptions({ onSuccess: () => setAttribute('') }))
  const custom = useQuery(engine.attributes.list.queryOptions({ input: { directory } }))
  const problem = inputProblem(add.error)

  function submit(event: FormEvent): void {
    event.preventDefault()
    // To go on with the next, or to mend this one.
    add.mutate({ directory, attribute }, { onSettled: () => field.current?.focus() })
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {directories.length > 1 && (
          <Select
            label="Directory"
            w={260}
            data={directories.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={directory}
            allowDeselect={false}
            onChange={(slug) => setDirectory(slug ?? mainDirectory)}
          />
        )}
        <Autocomplete
          ref={field}
          label="Attribute"
          description="As it stands in a filter, with the URN of its extension where it has one."
          placeholder="nickName"
          maxLength={400}
          openOnFocus={false}
          data={[...common, ...(custom.data ?? []).map((each) => each.mappingName)]}
          value={attribute}
          onChange={(value) => {
            setAttribute(value)
            add.reset()
          }}
          error={problem}
          inputContainer={besideField(
            <Button type="submit" variant="default" h={36} loading={add.isPending} disabled={attribute.trim() === ''}>
              Make an index
            </Button>,
            { flex: '1 1 auto' },
          )}
        />
        <Problem error={problem === undefined ? add.error : undefined} title="No index was made." />
      </Stack>
    </form>
  )
}

/** The attributes by which people are found at once beside those that always have an index. */
export function LookupIndexesPanel() {
  const engine = useEngine()
  const query = useQuery(
    engine.lookupIndexes.list.queryOptions({
      refetchInterval: ({ state }) => (state.data?.some(isUnderWay) === true ? watchEveryMs : lookEveryMs),
    }),
  )
  const directories = useQuery(engine.directories.list.queryOptions())
  const again = useMutation(engine.lookupIndexes.add.mutationOptions())
  const remove = useMutation(engine.lookupIndexes.remove.mutationOptions())
  const field = useRef<HTMLInputElement>(null)
  // What was pressed is gone then.
  const onSuccess = () => field.current?.focus()
  const acts: Acts = {
    onAdd: ({ directory, attribute }) => again.mutate({ directory, attribute }, { onSuccess }),
    onRemove: ({ directory, attribute }) => remove.mutate({ directory, attribute }, { onSuccess }),
    isBusy: again.isPending || remove.isPending,
  }
  const all = directories.data ?? []
  return (
    <Panel title="What people are found by">
      <Stack gap="sm">
        <Text size="sm">
          By userName, externalId, displayName and e-mail address people are found at once; for any other attribute all
          of them are looked at, until it has an index. One is made by itself when people are looked up by an attribute
          again and again, or when an integration matches by it. Each makes a change of a person a little slower.
        </Text>
        <QueryView query={query} lines={2}>
          {(indexes) =>
            indexes.length > 0 && (
              <DataTable
                id="lookup-indexes"
                label="Indexes of attributes"
                columns={columns(all, acts)}
                rows={indexes}
                keyOf={({ directory, attribute }) => `${directory} ${attribute}`}
                describe={({ attribute }) => attribute}
              />
            )
          }
        </QueryView>
        <Problem error={again.error ?? remove.error} title="It was not changed." />
        <AddForm directories={all} field={field} />
      </Stack>
    </Panel>
  )
}
