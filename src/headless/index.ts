import { fileURLToPath } from 'node:url'
import { bundledThreads } from '../main/bundled-threads.ts'
import { endProcess } from '../main/end-process.ts'
import { runCommandLine } from './run-command-line.ts'
import { createOutput } from './terminal/output.ts'

const stdout = createOutput(process.stdout)
const stderr = createOutput(process.stderr)

const status = await runCommandLine(process.argv.slice(2), {
  threads: bundledThreads(import.meta.url),
  rendererDir: fileURLToPath(new URL('../renderer', import.meta.url)),
  stdout,
  stderr,
  canAsk: process.stdin.isTTY && process.stderr.isTTY,
  showsProgress: process.stderr.isTTY,
})
// What a failed command had written comes out too; that nobody reads stderr is no reason to fail.
await Promise.allSettled([stdout.flush(), stderr.flush()])
endProcess(status)
