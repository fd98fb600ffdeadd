import { PassThrough } from 'node:stream'
import { vi } from 'vitest'
import { threads } from '../../main/running-engine.fixture.ts'
import type { CommandContext } from '../command-context.ts'
import type { CommandLine } from '../command.fixture.ts'
import { createOutput } from './output.ts'
import { createProgram } from '../program.ts'

/** Runs a command as on a terminal whose stdout goes into a file, and returns the progress that the terminal showed, line by line. */
export async function progressOf(line: CommandLine, ...args: readonly string[]): Promise<readonly string[]> {
  const shown: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((piece) => shown.push(String(piece)) > 0)
  try {
    const context: CommandContext = {
      dataDir: line.dataDir,
      directory: 'main',
      vault: undefined,
      json: false,
      threads,
      rendererDir: '',
      now: Date.now,
      stdout: createOutput(new PassThrough().resume()),
      canAsk: false,
      showsProgress: true,
      print: () => undefined,
      say: () => undefined,
      warn: () => undefined,
    }
    await createProgram(() => context).parseAsync([...args, '--data-dir', line.dataDir], { from: 'user' })
  } finally {
    vi.restoreAllMocks()
  }
  return shown.map((piece) => piece.replace('\r\u001b[2K', '')).filter((piece) => piece !== '')
}
