import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { program } from '../../test/command-line.ts'

/** A command that goes on until somebody ends it. It ends with the test at the latest. */
export interface FollowedCommand {
  /** What its next line of JSON holds. */
  next(): Promise<unknown>
  /** Sends it a signal; resolves to its exit status and the signal that it died of. */
  end(signal: NodeJS.Signals): Promise<unknown[]>
}

/** npm hands on what the terminal has sent too, and may do so when the process has all but ended. */
const signalsAtExit = `
  process.on('exit', () => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.kill(process.pid, signal)
  })`

export function followCommand(dataDir: string, ...args: readonly string[]): FollowedCommand {
  const preload = `--import=data:text/javascript,${encodeURIComponent(signalsAtExit)}`
  const child = spawn(process.execPath, [preload, program, ...args, '--json', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  return {
    async next() {
      const line: unknown = JSON.parse(String((await lines.next()).value))
      return line
    },
    end(signal) {
      child.kill(signal)
      return exited
    },
  }
}
