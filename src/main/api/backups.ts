import { rmSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { z } from 'zod'
import type { BackupPreview, LastRestore } from '../../contract/backups.ts'
import { jsonIn } from '../../scim/json/json.ts'
import { Refusal } from '../administration/refusal.ts'
import type { BackupSchedule } from '../backup/backup-schedule.ts'
import { restoreBackup } from '../backup/restore-backup.ts'
import { vaultKnowsToken, tokensToRotate } from '../doctor/tokens-to-rotate.ts'
import type { Engine } from '../engine.ts'
import type { BackupRunRow } from '../store/jobs/backup-runs.ts'
import { VaultError } from '../vault/vault.ts'
import { api } from './api.ts'
import { NotFound } from './problems/not-found.ts'

const shownRuns = 20
const lastRestoreSetting = 'last_restore'
/** The answer to the call goes out before the connection does, in ms. */
const farewellMs = 250

const storedRestore = z.object({
  at: z.number(),
  file: z.string(),
  problem: z.string().nullable(),
  kept: z.string().nullable(),
  keptLog: z.string().nullable().default(null),
})

type StoredRestore = z.infer<typeof storedRestore>

function runView(run: BackupRunRow) {
  return {
    id: run.id,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    startedBy: run.started_by,
    file: run.file,
    bytes: run.bytes,
    problem: run.problem,
  }
}

function scheduleView({ every, at, weekday, keep, folder }: BackupSchedule) {
  return { every, at, weekday, keep, folder }
}

function storedRestoreOf(text: string | undefined): StoredRestore | undefined {
  if (!text) return undefined
  return storedRestore.safeParse(jsonIn(text)).data
}

async function lastRestore(engine: Engine): Promise<LastRestore | null> {
  const stored = storedRestoreOf(engine.reads.settings.get(lastRestoreSetting))
  if (!stored) return null
  try {
    return { ...stored, rotate: [...(await tokensToRotate(engine))] }
  } catch (error) {
    if (!(error instanceof VaultError)) throw error
    return { ...stored, rotate: [] }
  }
}

/** The path of a backup that is named: one in the folder, or any on this machine. */
function pathOf({ backups }: Engine, file: string): string {
  return isAbsolute(file) ? file : join(backups.folder(), basename(file))
}

async function preview(engine: Engine, file: string): Promise<BackupPreview> {
  const found = await engine.consoleReads.ask('look-into-backup', { file: pathOf(engine, file) })
  const integrations = []
  for (const { slug, name, tokenPrefix } of found.inIt) {
    // One without a token needs none because of the restoration.
    const isTokenKnown = tokenPrefix === null || (await vaultKnowsToken(engine, tokenPrefix))
    integrations.push({ slug, name, isTokenKnown })
  }
  return {
    file: found.file,
    bytes: found.bytes,
    createdAt: found.label?.createdAt ?? null,
    version: found.label?.version ?? null,
    users: found.users,
    groups: found.groups,
    integrations,
    difference: found.difference
      ? { users: { ...found.difference.users }, groups: { ...found.difference.groups } }
      : null,
  }
}

/** Replaces the database; what went wrong is told, and has changed nothing then. */
function replaceData(dataDir: string, file: string, at: number): StoredRestore {
  try {
    const { kept, keptLog } = restoreBackup({ dataDir, file, now: at })
    return { at, file, problem: null, kept: kept ?? null, keptLog: keptLog ?? null }
  } catch (error) {
    return { at, file, problem: error instanceof Error ? error.message : String(error), kept: null, keptLog: null }
  }
}

export const backups = {
  list: api.backups.list.handler(async ({ context: { parts } }) => {
    const { engine } = parts
    return {
      folder: engine.backups.folder(),
      items: [...engine.backups.files()],
      schedule: scheduleView(engine.backups.schedule()),
      nextAt: engine.backups.next() ?? null,
      runs: engine.backups.runs(shownRuns).map(runView),
      lastRestore: await lastRestore(engine),
      canRestore: parts.host !== undefined,
    }
  }),
  create: api.backups.create.handler(async ({ context: { parts } }) => {
    const { file, bytes, users, groups, integrations, label } = await parts.engine.backups.run('console')
    return {
      file: basename(file),
      bytes,
      createdAt: label?.createdAt ?? parts.engine.clock(),
      users,
      groups,
      integrations,
    }
  }),
  setSchedule: api.backups.setSchedule.handler(async ({ input, context: { parts } }) => {
    const stored = await parts.engine.backups.setSchedule(input)
    return { ...scheduleView(stored), nextAt: parts.engine.backups.next() ?? null }
  }),
  preview: api.backups.preview.handler(({ input, context: { parts } }) => preview(parts.engine, input.file)),
  restore: api.backups.restore.handler(async ({ input, context: { parts } }) => {
    const { engine, host } = parts
    if (!host) throw new Refusal('This server cannot restore while it runs. Stop it, then run: rollcall restore FILE')
    const file = pathOf(engine, input.file)
    // Once more, since it may have changed since it was looked at.
    await engine.consoleReads.ask('look-into-backup', { file })
    const { dataDir, clock } = engine
    let outcome: StoredRestore | undefined
    const begin = () =>
      host.restart(
        () => {
          outcome = replaceData(dataDir, file, clock())
        },
        async (next) => {
          if (outcome?.problem) next.troubles.note(`The restore of ${file} failed: ${outcome.problem}`)
          await next.administer('set-setting', { name: lastRestoreSetting, value: JSON.stringify(outcome) })
        },
      )
    // A backup that is given up in the midst of its copy keeps the database open until that is done.
    setTimeout(() => void engine.backups.idle().then(begin), farewellMs)
    return { file }
  }),
  remove: api.backups.remove.handler(({ input, context: { parts } }) => {
    const { backups: service } = parts.engine
    const found = service.files().find((each) => each.file === input.file)
    if (!found) throw new NotFound(`There is no backup "${input.file}" in ${service.folder()}.`)
    rmSync(join(service.folder(), found.file), { force: true })
    return { file: found.file }
  }),
}
