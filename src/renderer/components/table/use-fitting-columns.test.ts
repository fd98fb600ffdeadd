import { expect, test } from 'vitest'
import { fittingColumns } from './use-fitting-columns.ts'

const cell = () => null
const columns = [
  { id: 'name', label: 'Name', width: 200, cell },
  { id: 'title', label: 'Title', narrowest: 100, givesWay: 2, cell },
  { id: 'state', label: 'State', width: 100, cell },
  { id: 'changed', label: 'Changed', width: 100, givesWay: 1, cell },
]

const fitting = (room: number, taken = 0) => fittingColumns(columns, room, taken).map(({ id }) => id)

test('columns give way in their turn, until the others fit beside what else takes room', () => {
  expect(fitting(500)).toEqual(['name', 'title', 'state', 'changed'])
  expect(fitting(500, 36)).toEqual(['name', 'title', 'state'])
  expect(fitting(400)).toEqual(['name', 'title', 'state'])
  expect(fitting(390)).toEqual(['name', 'state'])
})

test('what never gives way stays where it has no room either', () => {
  expect(fitting(100)).toEqual(['name', 'state'])
})
