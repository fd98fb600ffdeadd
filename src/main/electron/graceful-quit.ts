import { app } from 'electron'
import { endProcess, isHeldUp } from '../end-process.ts'

interface QuitParts {
  /** Answers what is under way and closes everything. */
  readonly close: () => Promise<void>
  readonly onTrouble: (message: string) => void
}

/** However the app is asked to quit (menu, tray, signal, the end of the session), it first answers what is under way. */
export function setupGracefulQuit({ close, onTrouble }: QuitParts): void {
  let state: 'running' | 'closing' | 'closed' = 'running'

  async function drain(): Promise<void> {
    try {
      await close()
    } catch (error) {
      onTrouble(`Closing failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    state = 'closed'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    void drain()
  })
  // A keychain that shows a prompt nobody answers would keep the process from ending, and so would a preview that was ended in a long call.
  app.on('quit', () => {
    if (isHeldUp()) endProcess(0)
  })
}
