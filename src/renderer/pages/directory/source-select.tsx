import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../rpc/engine.ts'

interface SourceSelectProps {
  readonly directory: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Narrows a list to local records, to those of any identity provider, or to those of one. */
export function SourceSelect({ directory, value, onChange }: SourceSelectProps) {
  const engine = useEngine()
  const query = useQuery(engine.integrations.list.queryOptions())
  const integrations = (query.data ?? []).filter((each) => each.directory === directory)
  return (
    <Select
      aria-label="Source"
      placeholder="Any source"
      w={176}
      clearable
      data={[
        { value: 'local', label: 'Local' },
        { value: 'scim', label: 'Managed by SCIM' },
        ...integrations.map(({ slug, name }) => ({ value: `idp:${slug}`, label: name })),
      ]}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}
