import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Backup } from '../../contract/backups.ts'
import { errorCode } from '../error-code.ts'
import { api } from './api.ts'

const shape = /^rollcall-[\w-]+\.db$/

function folderOf(dataDir: string): string {
  return join(dataDir, 'backups')
}

function filesIn(folder: string): readonly Backup[] {
  try {
    return readdirSync(folder)
      .filter((file) => shape.test(file))
      .map((file) => {
        const { size, mtimeMs } = statSync(join(folder, file))
        return { file, bytes: size, createdAt: Math.round(mtimeMs) }
      })
      .toSorted((one, other) => other.createdAt - one.createdAt)
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

export const backups = {
  list: api.backups.list.handler(({ context: { parts } }) => {
    const folder = folderOf(parts.engine.dataDir)
    return { folder, items: [...filesIn(folder)] }
  }),
  create: api.backups.create.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    const now = engine.clock()
    const file = `rollcall-${new Date(now).toISOString().replaceAll(/[:.]/g, '-')}.db`
    const written = await engine.consoleReads.ask('back-up', { file: join(folderOf(engine.dataDir), file), now })
    const { bytes, users, groups, integrations } = written
    return { file, bytes, createdAt: now, users, groups, integrations }
  }),
}
