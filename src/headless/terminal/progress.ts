import type { CommandContext } from '../command-context.ts'

const clear = '\r\u001b[2K'

/**
 * Runs something long that says how far it is: one line on a terminal's stderr that is written over and goes at the end, however it ends;
 * nothing anywhere else.
 */
export async function withProgress<Result>(
  context: Pick<CommandContext, 'showsProgress'>,
  run: (update: (line: string) => void) => Promise<Result>,
): Promise<Result> {
  if (!context.showsProgress) return run(() => undefined)
  try {
    return await run((line) => void process.stderr.write(`${clear}${line}`))
  } finally {
    process.stderr.write(clear)
  }
}
