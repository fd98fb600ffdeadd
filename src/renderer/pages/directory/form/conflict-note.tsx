import { Button, Group, Stack, Text } from '@mantine/core'
import { Notice } from '../../../components/state/notice.tsx'
import { valueText } from '../value-text.ts'
import classes from './conflict-note.module.css'
import { pathText } from './draft.ts'
import type { Difference } from './merge-drafts.ts'

interface ConflictNoteProps {
  readonly differences: readonly Difference[]
  /** URNs of extensions, for the names of their attributes. */
  readonly extensions: readonly string[]
  readonly onKeepMine: () => void
  readonly onTakeTheirs: () => void
}

/** Stands below a form whose record somebody else has changed since it was opened: what that was, and the ways on. */
export function ConflictNote({ differences, extensions, onKeepMine, onTakeTheirs }: ConflictNoteProps) {
  return (
    <Notice
      meaning="attention"
      title="Somebody else has changed it since you opened this form"
      isNew
      action={
        <Group gap="xs">
          <Button variant="default" onClick={onKeepMine}>
            Keep my changes
          </Button>
          <Button variant="default" onClick={onTakeTheirs}>
            Drop mine, take the present values
          </Button>
        </Group>
      }
    >
      <Stack gap="xs">
        {differences.length === 0 ? (
          <Text size="sm">None of the values in this form has changed.</Text>
        ) : (
          <div className={classes['frame']} tabIndex={0} role="region" aria-label="What has changed">
            <table className={classes['table']}>
              <thead>
                <tr>
                  <th scope="col">Attribute</th>
                  <th scope="col">When you began</th>
                  <th scope="col">Now</th>
                  <th scope="col">Yours</th>
                </tr>
              </thead>
              <tbody>
                {differences.map(({ path, seen, theirs, mine, isMineToo }) => (
                  <tr key={path.join(' ')}>
                    <th scope="row">{pathText(path, extensions)}</th>
                    <td>
                      <bdi>{valueText(seen)}</bdi>
                    </td>
                    <td>
                      <bdi>{valueText(theirs)}</bdi>
                    </td>
                    <td>{isMineToo ? <bdi>{valueText(mine)}</bdi> : 'not changed by you'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <Text size="sm">
          If you keep your changes, they are put on top of the present values; where both of you changed the same
          attribute, yours counts. Nothing is saved until you press Save.
        </Text>
      </Stack>
    </Notice>
  )
}
