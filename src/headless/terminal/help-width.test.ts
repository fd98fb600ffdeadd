import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { fitHelp, fitParagraphs } from './help-width.ts'
import { createProgram } from '../program.ts'

function commandsOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsOf)]
}

/** Whoever copies an example wants it in one line. */
const isExample = (line: string) => /^ {2}rollcall /.test(line)

/** A path or a URN cannot be broken. */
const isOneWord = (line: string) => !/\S \S/.test(line)

test.each([80, 60])('no help is wider than a terminal of %i columns, but for examples', (columns) => {
  const program = createProgram(() => {
    throw new Error('no command is run here')
  })
  let help = ''
  fitHelp(
    program,
    (text) => (help += text),
    () => columns,
  )
  for (const command of commandsOf(program)) command.outputHelp()
  const lines = help.split('\n')
  expect(lines.length).toBeGreaterThan(1000)
  expect(lines.filter((line) => line.length > columns && !isExample(line) && !isOneWord(line))).toEqual([])
})

test('a paragraph with a line that is too long is broken anew', () => {
  expect(fitParagraphs('\none two three\nfour\n\n  an indented line stays\nshort\n', 8)).toBe(
    '\none two\nthree\nfour\n\n  an indented line stays\nshort\n',
  )
})
