import { Checkbox, Text } from '@mantine/core'
import classes from './pick-list.module.css'

export interface PickItem {
  readonly id: string
  readonly name: string
  readonly remark: string
  /** It is there already, so there is nothing to choose. */
  readonly isIn: boolean
}

interface PickListProps {
  readonly label: string
  readonly empty: string
  readonly items: readonly PickItem[]
  readonly chosen: readonly string[]
  readonly onToggle: (id: string) => void
}

/** Things to choose from, each with a box. */
export function PickList({ label, empty, items, chosen, onToggle }: PickListProps) {
  // It scrolls, by keyboard as well: also where no box in it can be reached.
  const tabIndex = items.every(({ isIn }) => isIn) ? 0 : undefined
  return (
    <div className={classes['list']} role="group" aria-label={label} tabIndex={tabIndex}>
      {items.length === 0 && (
        <Text size="sm" c="dimmed" p="sm" role="status">
          {empty}
        </Text>
      )}
      {items.map(({ id, name, remark, isIn }) => (
        <Checkbox
          key={id}
          size="xs"
          classNames={{
            root: classes['item'] ?? '',
            body: classes['body'] ?? '',
            labelWrapper: classes['label'] ?? '',
          }}
          disabled={isIn}
          checked={isIn || chosen.includes(id)}
          onChange={() => onToggle(id)}
          label={
            <>
              <bdi className={classes['name']}>{name}</bdi>
              <span className={classes['remark']}>{isIn ? 'In it already' : remark}</span>
            </>
          }
        />
      ))}
    </div>
  )
}
