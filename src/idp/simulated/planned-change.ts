import type { SimulatedPerson } from './organisation.ts'

/** What happens to a person between two cycles. Of ten people each thing happens to one, four stay as they are. */
export type Change =
  | 'attributes'
  | 'rename'
  | 'manager'
  | 'disable'
  | 'disable and restore'
  | 'leave a group'
  | 'nothing'

const changes: readonly Change[] = [
  'attributes',
  'rename',
  'manager',
  'disable',
  'disable and restore',
  'leave a group',
]

export function changeOf(person: SimulatedPerson): Change {
  return changes[person.index % 10] ?? 'nothing'
}

/** The userName after a change of name. */
export function renamed(person: SimulatedPerson): string {
  return `${person.marker}-renamed@example.com`
}
