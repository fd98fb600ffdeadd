import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTrace, type Note, noteText, noteTexts, shown } from './note.ts'

const text = fc.option(fc.string({ unit: 'binary' }), { nil: undefined })

const notes: fc.Arbitrary<Note> = fc
  .record({ path: text, expected: text, seen: text, taken: text, count: fc.option(fc.nat(), { nil: undefined }) })
  .map((rest) => ({ step: 'parse', code: 'boolean-as-text', ...rest }))

it('writes a note as JSON, whatever its fields hold', () => {
  fc.assert(
    fc.property(notes, (note) => {
      expect(JSON.parse(noteText(note))).toEqual(JSON.parse(JSON.stringify(note)))
    }),
  )
})

it('grows a trace by notes and by texts of notes, in order', () => {
  const trace = createTrace()
  expect(trace.text()).toBe('[]')
  trace.addText('')
  trace.add({ step: 'route', code: 'routed' })
  trace.addText(
    noteTexts([
      { step: 'parse', code: 'a' },
      { step: 'match', code: 'b' },
    ]),
  )
  trace.add({ step: 'status', code: 'answered', count: 200 })
  expect(JSON.parse(trace.text())).toEqual([
    { step: 'route', code: 'routed' },
    { step: 'parse', code: 'a' },
    { step: 'match', code: 'b' },
    { step: 'status', code: 'answered', count: 200 },
  ])
})

it('shortens a value between two characters, never within one', () => {
  for (const before of [197, 198, 199]) {
    const short = shown('a'.repeat(before) + '😀'.repeat(9))
    expect(short.isWellFormed()).toBe(true)
    expect(short.length).toBeLessThanOrEqual(200)
  }
})
