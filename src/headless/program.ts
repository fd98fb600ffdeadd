import { Command, InvalidArgumentError, Option } from 'commander'
import { mainDirectory } from '../main/administration/initialise.ts'
import { version } from '../../package.json'
import type { ContextOf } from './command-context.ts'
import { addCommands } from './commands.ts'
import { defaultDataDir } from '../main/data-dir/default-data-dir.ts'
import { fitHelp } from './terminal/help-width.ts'
import { notEmpty } from './option-values.ts'
import { printable } from './terminal/printable.ts'

/** The options that every command takes. */
export interface SharedFlags {
  /** Undefined where it is not given, and the user has no home folder. */
  readonly dataDir?: string
  readonly directory: string
  readonly vault?: 'keychain' | 'file'
  readonly json?: boolean
}

/** The options that all commands take. A command that has commands in it takes them before those, or alone: it has no default then, which would go before what is given after it. */
function shareOptions(command: Command): void {
  const isGroup = command.commands.length > 0
  const dataDir = new Option('--data-dir <dir>', 'where Rollcall keeps its data').argParser(notEmpty)
  const directory = new Option('--directory <slug>', 'the directory that is meant')
  const shared = [
    isGroup ? dataDir : dataDir.default(defaultDataDir(process.env, process.platform)),
    isGroup ? directory : directory.default(mainDirectory),
    new Option('--json', 'machine output: JSON on stdout and nothing else there'),
    new Option('--vault <kind>', 'where secrets are kept').choices(['keychain', 'file']),
  ]
  for (const each of shared) command.addOption(isGroup ? each.hideHelp() : each)
  if (isGroup) command.enablePositionalOptions()
  for (const each of command.commands) shareOptions(each)
}

/** What the parser says, which may be several lines without an end, and quotes what it was given, as a sentence. */
function sentence(text: string): string {
  const line = printable(
    text
      .trim()
      .replace(/^error: /, '')
      .replaceAll(/\s*\n\s*/g, ' '),
  )
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}${/[.?!]$/.test(line) ? '' : '.'}`
}

/** Errors are one line, which names the command whose help has the rest; with --help the example stands there too. */
function hear(command: Command): void {
  for (const each of command.commands) hear(each)
  command.exitOverride().configureOutput({
    outputError(text, write) {
      write(`${sentence(text)} See "${pathOf(command)} --help".\n`)
    },
  })
}

/**
 * A word too much or an option that there is not, which may be a required one in another spelling, is told before what is missing. The
 * parser by itself does it the other way round.
 */
function missOptionsLast(command: Command): void {
  for (const each of command.commands) missOptionsLast(each)
  const required = command.options.filter(({ mandatory }) => mandatory)
  for (const option of required) option.mandatory = false
  command.hook('preAction', () => {
    const missing = required.find((option) => command.getOptionValue(option.attributeName()) === undefined)
    if (missing)
      command.error(`error: required option '${missing.flags}' not specified`, {
        code: 'commander.missingMandatoryOptionValue',
      })
  })
}

/** An option behind one that wants a value was never meant as that value, which has been forgotten: `--name --json` would make something called `--json`. */
function missValues(command: Command): void {
  for (const each of command.commands) missValues(each)
  const flags = new Set(command.options.flatMap(({ short, long }) => [short, long]))
  for (const option of command.options.filter(({ required, variadic }) => required && !variadic)) {
    const parse = option.parseArg
    option.argParser<unknown>((text, previous) => {
      if (flags.has(text)) throw new InvalidArgumentError('That is an option; the value before it is missing.')
      return parse ? parse(text, previous) : text
    })
  }
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
}

/** The first example of a command's own help, or of that of the first command in it. */
function exampleOf(command: Command): string {
  const [first] = command.commands
  if (first) return exampleOf(first)
  let help = ''
  const { writeOut } = command.configureOutput()
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp()
  command.configureOutput({ writeOut })
  return /^Example:\n(?<line>.+)$/m.exec(help)?.groups?.['line'] ?? ''
}

/** The help of a command that has commands in it shows how each of them is used. */
function showExamples(command: Command): void {
  for (const each of command.commands.filter((child) => child.commands.length > 0)) {
    each.addHelpText('after', () => `\nExamples:\n${each.commands.map(exampleOf).join('\n')}`)
    showExamples(each)
  }
}

/** The command line: as much of it as the arguments need, or all of it where none are given. */
export function createProgram(contextOf: ContextOf, args?: readonly string[]): Command {
  const program = new Command('rollcall')
    .description('A SCIM 2.0 service provider for Entra ID, Okta and every other identity provider')
    .version(version, '-V, --version', 'show the version')
    .addHelpText('after', '\nExample:\n  rollcall integrations create --name "Entra ID" --idp entra\n  rollcall serve')
  addCommands(program, contextOf, args)
  showExamples(program)
  hear(program)
  missOptionsLast(program)
  fitHelp(
    program,
    (text) => void process.stdout.write(text),
    () => process.stdout.columns || 80,
  )
  shareOptions(program)
  missValues(program)
  return program
}
