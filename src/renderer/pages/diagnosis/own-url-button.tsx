import { Button, Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEngine } from '../../rpc/engine.ts'

interface OwnUrlButtonProps {
  readonly onChoose: (url: string) => void
}

const label = 'Use this Rollcall’s own'

/** Fills in the SCIM URL of an integration of this Rollcall; nothing where there is none. */
export function OwnUrlButton({ onChoose }: OwnUrlButtonProps) {
  const engine = useEngine()
  const { data: integrations = [] } = useQuery(engine.integrations.list.queryOptions())
  const [first, ...others] = integrations
  if (!first) return null
  if (others.length === 0)
    return (
      <Button variant="default" onClick={() => onChoose(first.scimUrl)}>
        {label}
      </Button>
    )
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default">{label}…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {integrations.map(({ slug, name, scimUrl }) => (
          <Menu.Item key={slug} onClick={() => onChoose(scimUrl)}>
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
