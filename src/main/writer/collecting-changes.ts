import type { NewChange } from '../store/resources/changes.ts'
import type { StoreWrites } from '../store/store-writes.ts'

/** The same store; the changes that are recorded through it are gathered as well. */
export function collectingChanges(store: StoreWrites): {
  readonly into: StoreWrites
  readonly changes: readonly NewChange[]
} {
  const changes: NewChange[] = []
  const into: StoreWrites = {
    ...store,
    changes: {
      ...store.changes,
      add(change) {
        changes.push(change)
        return store.changes.add(change)
      },
    },
  }
  return { into, changes }
}
