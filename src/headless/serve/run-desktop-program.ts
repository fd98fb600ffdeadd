import { spawn } from 'node:child_process'

/** How the desktop app ended: as it ends by itself, or because it cannot run on this machine. */
export type DesktopEnd =
  | { readonly kind: 'ended'; readonly status: number }
  | { readonly kind: 'unable'; readonly why: string }

/** What the desktop app itself ends with; anything else is the system's, such as that a library is missing. */
const ownStatus: ReadonlySet<number> = new Set([0, 1, 2])
const askedFor: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGTERM', 'SIGKILL', 'SIGHUP'])

/** Runs the desktop app until it ends. It hears Ctrl+C itself; a signal to this process is handed on. */
export function runDesktopProgram(path: string, args: readonly string[]): Promise<DesktopEnd> {
  // Terminals inside of editors set it, and Electron would be no more than Node.
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  return new Promise((resolve) => {
    const child = spawn(path, [...args], { stdio: 'inherit', env })
    const handOn = (signal: NodeJS.Signals) => child.kill(signal)
    const stay = () => undefined
    process.on('SIGTERM', handOn)
    process.on('SIGINT', stay)

    function end(result: DesktopEnd): void {
      process.off('SIGTERM', handOn)
      process.off('SIGINT', stay)
      resolve(result)
    }

    child.on('error', (error) =>
      end({ kind: 'unable', why: `No window: Electron cannot be started (${error.message}).` }),
    )
    child.on('exit', (code, signal) => {
      if (code !== null && ownStatus.has(code)) return end({ kind: 'ended', status: code })
      if (signal !== null && askedFor.has(signal)) return end({ kind: 'ended', status: 1 })
      return end({
        kind: 'unable',
        why: `No window: Electron ended with ${signal ?? `status ${code}`}, which it has told above.`,
      })
    })
  })
}
