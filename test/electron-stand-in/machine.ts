import { z } from 'zod'

const bounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

export const machineSchema = z.object({
  /** Where the test reaches the browser's windows. */
  debuggingPort: z.int().optional(),
  /** The folder of the person's applications, `~/.config` on Linux. */
  appData: z.string(),
  /** What windows may cover, the first screen first. */
  screens: z.array(bounds).default([{ x: 0, y: 0, width: 1920, height: 1040 }]),
  isDark: z.boolean().default(false),
  isPackaged: z.boolean().default(false),
  chromium: z.string(),
  /** Electron's. */
  version: z.string(),
})

/** The machine that the app believes to run on, as a test wants it. */
export type Machine = Readonly<z.input<typeof machineSchema>>

/** The environment variable that tells the app's process of it, as JSON. */
export const machineVariable = 'ROLLCALL_STAND_IN'
