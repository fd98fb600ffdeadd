import { z } from 'zod'

/** How a file comes to the person who asked for it. */
export const savedFile = z.discriminatedUnion('kind', [
  /** A browser fetches it from there: once, soon, and with the session that asked. */
  z.object({ kind: z.literal('fetch'), path: z.string(), name: z.string() }),
  /** The desktop app has written it where the person said. */
  z.object({ kind: z.literal('written'), file: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
])

export type SavedFile = z.infer<typeof savedFile>
