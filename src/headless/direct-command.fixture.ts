import { Writable } from 'node:stream'
import { runJsonCommand, valueOf } from '../../test/command-line.ts'
import { threads } from '../main/running-engine.fixture.ts'
import { runCommandLine } from './run-command-line.ts'
import { createOutput } from './terminal/output.ts'

function collect() {
  const pieces: Buffer[] = []
  const stream = new Writable({
    write(piece: Buffer, _encoding, done) {
      pieces.push(piece)
      done()
    },
  })
  return { output: createOutput(stream), text: () => Buffer.concat(pieces).toString() }
}

/**
 * Runs a command that must succeed, with `--json`, in this process: to start one and load the program there takes most of a short command's
 * time. Another build that is to be tested runs as a process.
 */
export async function runDirectly(dataDir: string, args: readonly string[]): Promise<unknown> {
  if (process.env['ROLLCALL_BIN'] !== undefined) return runJsonCommand(dataDir, args)
  const [stdout, stderr] = [collect(), collect()]
  const exitCode = await runCommandLine([...args, '--json', '--data-dir', dataDir], {
    threads,
    rendererDir: '',
    stdout: stdout.output,
    stderr: stderr.output,
    canAsk: false,
    showsProgress: false,
  })
  return valueOf(args, { exitCode, stdout: stdout.text(), stderr: stderr.text() })
}
