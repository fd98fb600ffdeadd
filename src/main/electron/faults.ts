import { app, dialog } from 'electron'
import { onFault } from '../on-fault.ts'

interface FaultParts {
  readonly log: (message: string) => void
  readonly dataDir: string
  readonly clock: () => number
}

/** A process that has failed sooner than this after its start, in ms, would only fail again. */
const quickFailureMs = 60_000

/**
 * The one handler of what nobody expected. What was answered is on the disk, so the app ends at once and starts anew by itself, for identity
 * providers rely on it; only when it fails right after its start it says so and stays away.
 */
export function setupFaults({ log, dataDir, clock }: FaultParts): void {
  const startedAt = clock()

  onFault(log, (id) => {
    if (clock() - startedAt >= quickFailureMs) app.relaunch()
    else
      dialog.showErrorBox(
        'Rollcall has stopped',
        `Something unexpected went wrong (${id}). Nothing that was answered is lost. Start Rollcall again; troubles.log in ${dataDir} says more.`,
      )
    app.exit(1)
  })
}
