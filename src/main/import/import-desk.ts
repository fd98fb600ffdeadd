import { randomUUID } from 'node:crypto'
import { Refusal } from '../administration/refusal.ts'
import { createImportFiles } from './import-files.ts'
import { createImportSession, type ImportSession, type NewImport, type SessionParts } from './import-session.ts'

interface Parts extends Omit<SessionParts, 'files'> {
  readonly dataDir: string
  /** Ms since the epoch. */
  readonly clock: () => number
}

/** Files that are kept at once; beyond, those that nobody works on go, the oldest first. */
const mostKept = 8

/** Imports of the console. They live as long as the server: the people of one that was interrupted are unchanged when it is repeated. */
export interface ImportDesk {
  /** Throws `Refusal` when too many are under way. */
  begin(file: Omit<NewImport, 'id' | 'createdAt'>): Promise<ImportSession>
  find(id: string): ImportSession | undefined
  discard(id: string): Promise<void>
  close(): Promise<void>
}

export function createImportDesk({ dataDir, clock, administer, reads }: Parts): ImportDesk {
  const sessions = new Map<string, ImportSession>()
  const files = createImportFiles({ dataDir, clock, isKept: (id) => sessions.has(id) })

  async function discard(id: string): Promise<void> {
    const session = sessions.get(id)
    sessions.delete(id)
    await session?.close()
  }

  async function makeRoom(): Promise<void> {
    if (sessions.size < mostKept) return
    for (const [id, session] of sessions) if (session.state().phase !== 'running') return discard(id)
    throw new Refusal('Several imports are running. Wait until one has ended.')
  }

  return {
    async begin(file) {
      await makeRoom()
      const id = randomUUID()
      const session = createImportSession({ files, administer, reads }, { ...file, id, createdAt: clock() })
      sessions.set(id, session)
      return session
    },
    find: (id) => sessions.get(id),
    discard,
    async close() {
      for (const id of sessions.keys()) await discard(id)
    },
  }
}
