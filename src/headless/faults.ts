import { onFault } from '../main/on-fault.ts'
import { createTroubleLog } from '../main/trouble-log.ts'
import { endProcess } from '../main/end-process.ts'
import type { CommandContext } from './command-context.ts'

/** The one handler of what nobody expected in a server. What was answered is on the disk, so it ends at once, and whatever runs it may start it anew. */
export function setupFaults({ dataDir, now, warn }: CommandContext): void {
  const { note } = createTroubleLog(dataDir, now)
  onFault(note, (id) => {
    warn(
      `Rollcall has stopped: something unexpected went wrong (${id}). Nothing that was answered is lost. Start it again; troubles.log in ${dataDir} says more.`,
    )
    endProcess(1)
  })
}
