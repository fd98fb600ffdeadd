import { readdirSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from './program.ts'

/** What every command takes, or means the same wherever it stands. */
const shared = new Set(['--help', '--json', '--data-dir', '--vault', '--yes', '--version'])

function pathOf(command: Command): readonly string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : []
}

function commandsOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(commandsOf)]
}

test('each option of each command stands in docs/command-line.md', () => {
  const text = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8')
  const program = createProgram(() => {
    throw new Error('no command is run here')
  })
  const missing = commandsOf(program).flatMap((command) =>
    command.options
      .flatMap(({ long }) => long ?? [])
      .filter((long) => !shared.has(long) && !new RegExp(`${long}(?![\\w-])`).test(text))
      .map((long) => `${pathOf(command).join(' ')} ${long}`),
  )
  expect(missing).toEqual([])
})

/** The command lines that a text shows, without the program's name. */
function shownCommands(text: string): readonly string[] {
  return [...text.matchAll(/(?:^\$? *|`|\| )(?:npm run -s rollcall -- |rollcall )([a-z][^\n`#<>|]*)/gm)].map((found) =>
    (found[1] ?? '').trim(),
  )
}

/** What a command line names that there is not: an option, or nothing at all. */
function unknownIn(program: Command, line: string): readonly string[] {
  const words = line.split(/\s+/)
  let command = program
  for (const word of words) {
    const inner = command.commands.find((each) => each.name() === word)
    if (inner === undefined) break
    command = inner
  }
  if (command === program) return [line]
  // `requests` and `status` mean one of their own commands where none is named.
  const options = [command, ...command.commands].flatMap((each) => each.options)
  const known = new Set([...shared, ...options.flatMap(({ long }) => long ?? [])])
  return words
    .filter((word) => word.startsWith('--') && !known.has(word.split('=')[0] ?? ''))
    .map((word) => `${line}: ${word}`)
}

test('the command lines that README and docs show exist', () => {
  const root = new URL('../../', import.meta.url)
  const docs = readdirSync(new URL('docs/', root)).filter((name) => name.endsWith('.md'))
  const texts = ['README.md', ...docs.map((name) => `docs/${name}`)].map((name) =>
    readFileSync(new URL(name, root), 'utf8'),
  )
  const lines = texts.flatMap(shownCommands)
  expect(lines.length).toBeGreaterThan(100)
  const program = createProgram(() => {
    throw new Error('no command is run here')
  })
  expect(lines.flatMap((line) => unknownIn(program, line))).toEqual([])
})
