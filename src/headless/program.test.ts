import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import packageFile from '../../package.json'
import { program } from '../../test/command-line.ts'
import { commandLine } from './command.fixture.ts'
import { createProgram } from './program.ts'
import type { Command } from 'commander'

const contextOf = () => {
  throw new Error('no command is run here')
}

const whole = createProgram(contextOf)

function commandsOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(commandsOf)
}

function helpOf(command: Command): string {
  let text = ''
  command.configureOutput({ writeOut: (piece) => (text += piece) }).outputHelp()
  return text
}

test.each(commandsOf(whole).map((command) => [command.parent?.name(), command.name(), command] as const))(
  'the help of %s %s has an example and the shared options',
  (_parent, _name, command) => {
    const help = helpOf(command)
    expect(help).toContain('Example:\n  rollcall ')
    expect(help).not.toContain('(default: [])')
    for (const option of ['--data-dir', '--json', '--vault']) expect(help).toContain(option)
  },
)

function groupsOf(command: Command): readonly Command[] {
  return command.commands.flatMap((child) => (child.commands.length === 0 ? [] : [child, ...groupsOf(child)]))
}

test.each(groupsOf(whole).map((command) => [command.name(), command] as const))(
  'the help of %s shows an example of each of its commands',
  (_name, command) => {
    const [, examples = ''] = helpOf(command).split('\nExamples:\n')
    const lines = examples.trimEnd().split('\n')
    expect(lines).toHaveLength(command.commands.length)
    for (const line of lines) expect(line).toMatch(/^ {2}rollcall [a-z]/)
  },
)

test.runIf(existsSync('/dev/full'))(
  'of an output that cannot be written it is told that the command was carried out',
  async () => {
    const line = commandLine()
    const out = openSync('/dev/full', 'w')
    onTestFinished(() => closeSync(out))
    const { status, stderr } = spawnSync(
      process.execPath,
      [program, 'directories', 'create', 'sales', '--data-dir', line.dataDir],
      { stdio: ['ignore', out, 'pipe'], encoding: 'utf8' },
    )
    expect([status, stderr]).toEqual([
      1,
      'The command was carried out, but what it says could not be written: the disk is full.\n',
    ])
    expect(await line.json('directories', 'list')).toMatchObject([{ slug: 'main' }, { slug: 'sales' }])
  },
)

test.each(whole.commands.map((command) => command.name()))(
  'of %s alone the command line knows the same as of all commands',
  (name) => {
    const partial = createProgram(contextOf, ['--data-dir', 'users', name, 'serve'])
    const textOf = (made: Command) => made.commands.filter((each) => each.name() === name).map(helpOf)
    expect(textOf(partial)).toEqual(textOf(whole))
    expect(partial.commands.length).toBeLessThan(3)
  },
)

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
  [['users', 'list', '--text', '--json']],
  [['integrations', 'create', '--name', '--vault', '--idp', 'okta']],
  [['integrations', 'policy', 'okta', '--set', '--json']],
])('%j is wrong usage, said in one line', async (args) => {
  const { exitCode, stdout, stderr } = await commandLine().run(...args)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[A-Z][^\n]+\. See "rollcall[a-z ]* --help"\.\n$/)
})

test('what wrong usage quotes neither turns the line round nor reaches into the terminal', async () => {
  const { stderr } = await commandLine().run('users', 'list', '--role', 'a\u202eb\n\u001b[2J')
  expect(stderr).toContain("'a\ufffdb \ufffd[2J'")
  for (const unruly of ['\u202e', '\u001b']) expect(stderr).not.toContain(unruly)
})

test.each([
  [['--data-dir', '/srv/one', '--json', 'users', 'list', '--inactive']],
  [['users', '--data-dir', '/srv/one', 'list', '--inactive', '--json']],
  [['notify', '--json', 'rules', '--data-dir', '/srv/one', 'list']],
  [['requests', '--json', '--data-dir', '/srv/one', '--status', '4xx']],
  [['requests', '--status', '4xx', '--data-dir', '/srv/one', '--json']],
  [['backup', '--data-dir', '/srv/one', 'monday.db', '--json']],
])('the shared options may stand anywhere in %j', async (args) => {
  let seen: unknown
  const parsed = createProgram((command) => {
    seen = command.optsWithGlobals()
    throw new Error('seen')
  }).parseAsync(args, { from: 'user' })
  await expect(parsed).rejects.toThrow('seen')
  expect(seen).toMatchObject({ dataDir: '/srv/one', directory: 'main', json: true })
})

test.each([[[]], [['users']], [['notify', 'rules']]])(
  '%j alone, with a data directory, shows its usage',
  async (args) => {
    const { exitCode, stdout, stderr } = await commandLine().run(...args)
    expect([exitCode, stdout]).toEqual([2, ''])
    expect(stderr).toContain(`Usage: ${['rollcall', ...args].join(' ')} [options] [command]\n`)
  },
)

test.each([[['help', 'notify', 'webhooks', 'add']], [['notify', 'help', 'webhooks', 'add']]])(
  '%j shows the help of the command that is named',
  async (args) => {
    const { exitCode, stdout } = await commandLine().run(...args)
    expect([exitCode, stdout.split('\n')[0]]).toEqual([0, 'Usage: rollcall notify webhooks add [options]'])
  },
)

test('the help of a command that there is not is wrong usage', async () => {
  expect(await commandLine().run('help', 'notify', 'nonsense')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'There is no command "notify nonsense". See "rollcall notify --help".\n',
  })
})

test.each([
  [['integrations', 'create', '--nam', 'X'], "Unknown option '--nam' (Did you mean --name?)."],
  [['simulate', 'entra', '--ulr', 'https://scim.example.com'], "Unknown option '--ulr' (Did you mean --url?)."],
  [['requests', 'delete', '30d'], "Too many arguments for 'delete'. Expected 0 arguments but got 1: 30d."],
  [['integrations', 'create', '--idp', 'entra'], "Required option '--name <name>' not specified."],
  [['integrations', 'create', '--name', 'X'], "Required option '--idp <idp>' not specified."],
])('of %j the slip is told rather than the option that is missing because of it', async (args, problem) => {
  const { exitCode, stdout, stderr } = await commandLine().run(...args)
  expect([exitCode, stdout, stderr.startsWith(`${problem} See "rollcall `)]).toEqual([2, '', true])
})
