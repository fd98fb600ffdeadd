import { Badge, Text } from '@mantine/core'
import classes from './reach-list.module.css'

interface ReachListProps {
  readonly options: readonly { readonly name: string; readonly text: string; readonly needsInbound: boolean }[]
}

/** The ways by which an IdP reaches this machine, those that let nothing in first. */
export function ReachList({ options }: ReachListProps) {
  return (
    <ul className={classes['list']}>
      {options.map(({ name, text, needsInbound }) => (
        <li key={name}>
          <Text size="sm" fw={500}>
            {name}{' '}
            {!needsInbound && (
              <Badge size="md" variant="light" color="teal" className={classes['badge']}>
                nothing inbound
              </Badge>
            )}
          </Text>
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        </li>
      ))}
    </ul>
  )
}
