import { expect, test } from 'vitest'
import { z } from 'zod'
import packageFile from '../../package.json'
import { commandLine } from './command.fixture.ts'
import { createProgram } from './program.ts'
import type { Command } from 'commander'

const contextOf = () => {
  throw new Error('no command is run here')
}

function commandsOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(commandsOf)
}

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (piece) => (text += piece) }).outputHelp()
  return text
}

test.each(
  commandsOf(createProgram(contextOf)).map((command) => [command.parent?.name(), command.name(), command] as const),
)('the help of %s %s has an example and the shared options', (_parent, _name, command) => {
  const help = helpOf(command)
  expect(help).toContain('Example:\n  rollcall ')
  for (const option of ['--data-dir', '--json', '--vault']) expect(help).toContain(option)
})

test('--version tells the version', async () => {
  const { version } = z.object({ version: z.string() }).parse(packageFile)
  const { stdout, exitCode } = await commandLine().run('--version')
  expect([stdout, exitCode]).toEqual([`${version}\n`, 0])
})

test.each([
  [['nonsense']],
  [['users', 'nonsense']],
  [['users', 'list', '--nonsense']],
  [['users', 'restore']],
  [['users', 'list', 'x']],
  [['users', 'list', '--data-dir', '']],
])('%j is wrong usage, said in one line', async (args) => {
  const { exitCode, stdout, stderr } = await commandLine().run(...args)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[A-Z][^\n]+\. See "rollcall[a-z ]* --help"\.\n$/)
})
