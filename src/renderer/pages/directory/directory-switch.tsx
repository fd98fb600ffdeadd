import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { useEngine } from '../../rpc/engine.ts'
import { mainDirectory, useDirectory } from './use-directory.ts'

interface DirectorySwitchProps {
  /** Where the switch leads: the list of the other directory, for a record of this one is not there. */
  readonly path: string
}

/** Chooses among several directories. With one alone there is nothing to choose. */
export function DirectorySwitch({ path }: DirectorySwitchProps) {
  const engine = useEngine()
  const [, navigate] = useLocation()
  const { directory } = useDirectory()
  const query = useQuery(engine.directories.list.queryOptions())
  const directories = query.data ?? []
  if (directories.length < 2) return null
  return (
    <Select
      size="xs"
      w={200}
      aria-label="Directory"
      data={directories.map(({ slug, name }) => ({ value: slug, label: name }))}
      value={directory}
      allowDeselect={false}
      onChange={(slug) => navigate(slug === null || slug === mainDirectory ? path : `${path}?directory=${slug}`)}
    />
  )
}
