import type { Command } from 'commander'
import { UsageError } from './usage-error.ts'

function named(command: Command, word: string): Command | undefined {
  return command.commands.find((each) => each.name() === word)
}

/** Where `help` stands among the arguments, behind groups of commands at most; undefined where it is no command. */
function placeOfHelp(program: Command, args: readonly string[]): number | undefined {
  const at = args.indexOf('help')
  let command: Command | undefined = program
  for (const word of args.slice(0, Math.max(at, 0))) command = command && named(command, word)
  return at === -1 || command === undefined || command.commands.length === 0 ? undefined : at
}

/**
 * Arguments as they are to be parsed: `help notify webhooks` becomes `notify webhooks --help`, for the parser's own `help` looks at one word
 * alone. Throws `UsageError` for a command that there is not.
 */
export function helpAsOption(program: Command, args: readonly string[]): readonly string[] {
  const at = placeOfHelp(program, args)
  if (at === undefined) return args
  const words = args.slice(at + 1)
  const end = words.findIndex((word) => word.startsWith('-'))
  const path = [...args.slice(0, at), ...(end === -1 ? words : words.slice(0, end))]
  let command = program
  for (const [index, word] of path.entries()) {
    const inner = named(command, word)
    if (!inner)
      throw new UsageError(
        `There is no command "${path.join(' ')}". See "${['rollcall', ...path.slice(0, index)].join(' ')} --help".`,
      )
    command = inner
  }
  return [...path, '--help', ...(end === -1 ? [] : words.slice(end))]
}
