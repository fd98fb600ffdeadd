import { notifications } from '@mantine/notifications'
import { problemOf } from './problem-of.ts'

/** Tells of an act that failed where it was begun in a menu, the palette or on a screen, which is closed by then; until it is closed itself. */
export function tellFailure(error: unknown, title?: string): void {
  notifications.show({ color: 'red', title, message: problemOf(error), autoClose: false })
}
