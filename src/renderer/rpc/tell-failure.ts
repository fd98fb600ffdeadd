import { notifications } from '@mantine/notifications'
import { problemOf } from './problem-of.ts'

/** Tells of an act that failed where it was begun in a menu or the palette, which is closed by then. */
export function tellFailure(error: unknown): void {
  notifications.show({ color: 'red', message: problemOf(error) })
}
