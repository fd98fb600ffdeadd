import { readFileSync } from 'node:fs'
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
