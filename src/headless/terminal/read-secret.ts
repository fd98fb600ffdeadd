import { Secret } from '../../main/secret.ts'
import type { CommandContext } from '../command-context.ts'
import { UsageError } from '../usage-error.ts'

export interface SecretSource {
  /** What is asked for, as a person is to read it: `Password of the mail server`. */
  readonly what: string
  /** The variable of the environment that may hold it. */
  readonly variable: string
  /** Whether it comes on stdin, by the option of this name. */
  readonly fromStdin: boolean
  readonly option: string
  /** What an empty answer at the terminal means. */
  readonly emptyMeans?: string
}

const longest = 64 * 1024

async function readStdin(): Promise<string> {
  let text = ''
  process.stdin.setEncoding('utf8')
  for await (const chunk of process.stdin) {
    text += String(chunk)
    if (text.length > longest) throw new UsageError('What came on stdin is too long for a secret.')
  }
  return text.replace(/\r?\n$/, '')
}

/** Asks at the terminal without showing what is typed; undefined when the person gives up. */
function ask(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process
  return new Promise((resolve) => {
    let typed = ''
    const end = (value: string | undefined) => {
      stdin.setRawMode(false)
      stdin.pause()
      stdin.off('data', take)
      stderr.write('\n')
      resolve(value)
    }
    function take(chunk: string): void {
      for (const character of chunk) {
        if (character === '\r' || character === '\n') return end(typed)
        // Ctrl+C and Ctrl+D
        if (character === '\u0003' || character === '\u0004') return end(undefined)
        typed = character === '\u007f' || character === '\b' ? typed.slice(0, -1) : typed + character
      }
    }
    stderr.write(question)
    stdin.setRawMode(true)
    stdin.setEncoding('utf8')
    stdin.resume()
    stdin.on('data', take)
  })
}

/**
 * A secret from stdin, from the environment, or typed at a terminal; never from the command line, which every process of the machine can read.
 * Undefined where there is none of them, or nothing was typed.
 */
export async function readSecret(context: CommandContext, source: SecretSource): Promise<Secret | undefined> {
  const given = source.fromStdin ? await readStdin() : process.env[source.variable]
  if (source.fromStdin && given === '') throw new UsageError(`${source.option} was given, but nothing came on stdin.`)
  if (given !== undefined && given !== '') return new Secret(given)
  if (!context.canAsk) return undefined
  const typed = await ask(`${source.what} (not shown; empty ${source.emptyMeans ?? 'keeps the one before'}): `)
  return typed === undefined || typed === '' ? undefined : new Secret(typed)
}
