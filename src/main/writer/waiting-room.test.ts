import { expect, it } from 'vitest'
import { createWaitingRoom } from './waiting-room.ts'

it('tells each of those who wait their own answer, once', () => {
  const room = createWaitingRoom<string>()
  const heard: string[] = []
  const enter = (name: string) => room.enter((answer) => void heard.push(`${name} ${answer}`))
  const ada = enter('ada')
  const ben = enter('ben')
  room.call(ben, 'first')
  room.call(ben, 'again')
  const cleo = enter('cleo')
  expect(cleo).toBe(ben)
  expect(room.count()).toBe(2)
  room.call(ada, 'second')
  room.callAll('over')
  room.call(cleo, 'late')
  expect(heard).toEqual(['ben first', 'ada second', 'cleo over'])
  expect(room.count()).toBe(0)
})
