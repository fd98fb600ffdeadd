import { PassThrough, type Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { vi } from 'vitest'
import { threads } from '../../main/running-engine.fixture.ts'
import type { CommandContext } from '../command-context.ts'
import type { CommandLine } from '../command.fixture.ts'
import { createOutput } from './output.ts'
import { createProgram } from '../program.ts'

async function runOn(stdout: Writable, line: CommandLine, args: readonly string[]): Promise<void> {
  const context: CommandContext = {
    dataDir: line.dataDir,
    directory: 'main',
    vault: undefined,
    json: false,
    threads,
    rendererDir: '',
    now: Date.now,
    stdout: createOutput(stdout),
    canAsk: false,
    showsProgress: true,
    print: () => undefined,
    say: () => undefined,
    warn: () => undefined,
  }
  await createProgram(() => context).parseAsync([...args, '--data-dir', line.dataDir], { from: 'user' })
  await context.stdout.flush()
}

/** Runs a command as on a terminal whose stdout goes into a file, and returns the progress that the terminal showed, line by line. */
export async function progressOf(line: CommandLine, ...args: readonly string[]): Promise<readonly string[]> {
  const shown: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((piece) => shown.push(String(piece)) > 0)
  try {
    await runOn(new PassThrough().resume(), line, args)
  } finally {
    vi.restoreAllMocks()
  }
  return shown.map((piece) => piece.replace('\r\u001b[2K', '')).filter((piece) => piece !== '')
}

/** Runs a command, and returns what it wrote on a stdout that is a terminal, and on one that is not. */
export async function stdoutOf(
  line: CommandLine,
  ...args: readonly string[]
): Promise<{ terminal: string; file: string }> {
  const written = async (isTTY: boolean) => {
    const stdout = Object.assign(new PassThrough(), { isTTY })
    const whole = text(stdout)
    await runOn(stdout, line, args)
    stdout.end()
    return whole
  }
  return { terminal: await written(true), file: await written(false) }
}
