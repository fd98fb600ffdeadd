import {
  closeSync,
  existsSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { Connection } from '../file/open-database.ts'
import { toStoreError } from '../store-error.ts'
import { syncToDisk } from '../file/sync-to-disk.ts'

/*
 * A plan: what a conversion would do to each user, before it is done. It has a file of its own, so that a preview of a million users neither
 * holds up the directory's writer nor swells its backups. While it is built its name ends in `.building`, so whatever has that name after a
 * crash is worth nothing.
 *
 * `target_key` is set for those who would leave their userName for another one, in the plan as it stands with the admin's fixes;
 * `user_name_key` for those who hold their userName against others, which archived users do not.
 * What follows for a user from itself and the options stands in basis, reason, origin and derived; what follows from the fix and from the
 * other users in outcome, conflict and rival.
 */
const schema = `
create table meta (name text not null primary key, value text not null) strict, without rowid;

create table plan (
  seq integer primary key,
  id text not null,
  version integer not null,
  user_name text not null,
  user_name_key text,
  is_scim integer not null,
  is_hidden integer not null,
  basis text not null,
  reason text,
  origin text,
  derived text,
  fix text check (fix in ('address', 'skip', 'merge')),
  chosen text,
  target text,
  target_key text,
  outcome text not null,
  conflict text,
  rival integer
) strict;

-- userNames that nobody in the plan may take, and who has them
create table taken (
  name_key text not null,
  seq integer not null,
  id text not null,
  is_archived integer not null,
  primary key (name_key, seq)
) strict, without rowid;

-- the admin's list of old and new user IDs
create table listed (old_key text not null primary key, target text not null, line integer not null, used integer not null default 0)
  strict, without rowid;

-- the userNames that an identity provider would ask for
create table sought (name_key text not null primary key, user_name text not null) strict, without rowid;

-- who waits for whom to leave a userName, and the order in which they go
create table waits (seq integer primary key, holder integer not null) strict;
create table turns (place integer primary key, seq integer not null unique, cycle integer) strict;
`

const schemaVersion = 1

const folder = 'plans'
const building = '.building'

/** How long an unfinished plan is left to whoever builds it, in ms. */
const buildingForMs = 24 * 3_600_000

function fileOf(dataDir: string, id: string): string {
  if (!/^[\w-]+$/.test(id)) throw new Error(`"${id}" is no plan id`)
  return join(dataDir, folder, `${id}.db`)
}

function open(file: string, readonly: boolean): Connection {
  const connection = new Database(file, { readonly, fileMustExist: true })
  connection.pragma('busy_timeout = 10000')
  connection.pragma('cache_size = -16384')
  return connection
}

/** What root makes in the data directory of another user is that user's, as SQLite sees to for its own files; its server could not work on it otherwise. */
function giveToOwner(dataDir: string, path: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(dataDir)
  if (uid !== 0) lchownSync(path, uid, gid)
}

/** Makes the file of a new plan, to be filled and then finished. Nothing in it is safe before that. */
export function createPlanFile(dataDir: string, id: string): Connection {
  const file = `${fileOf(dataDir, id)}${building}`
  try {
    if (mkdirSync(join(dataDir, folder), { recursive: true, mode: 0o700 }) !== undefined)
      giveToOwner(dataDir, join(dataDir, folder))
    closeSync(openSync(file, 'wx', 0o600))
    giveToOwner(dataDir, file)
    const connection = open(file, false)
    connection.pragma('journal_mode = OFF')
    connection.pragma('synchronous = OFF')
    connection.exec(schema)
    connection.pragma(`user_version = ${schemaVersion}`)
    return connection
  } catch (error) {
    throw toStoreError(error, file) ?? error
  }
}

/** Opens the file of a plan that is being built, for its builder alone. */
export function openUnfinishedPlan(dataDir: string, id: string): Connection {
  const connection = open(`${fileOf(dataDir, id)}${building}`, false)
  connection.pragma('journal_mode = OFF')
  connection.pragma('synchronous = OFF')
  connection.pragma('temp_store = MEMORY')
  connection.pragma('cache_size = -32768')
  return connection
}

/** Makes a built plan one that can be opened, and that outlasts a power cut. Its connections must be closed. */
export function finishPlanFile(dataDir: string, id: string): void {
  const file = fileOf(dataDir, id)
  syncToDisk(`${file}${building}`)
  renameSync(`${file}${building}`, file)
  syncToDisk(join(dataDir, folder))
}

/** Opens a finished plan; undefined where there is none, or one of another version. */
export function openPlanFile(dataDir: string, id: string, mode: 'read' | 'change'): Connection | undefined {
  const file = fileOf(dataDir, id)
  if (!existsSync(file)) return undefined
  // What a crash has left of a change is taken back by whoever opens it next, if that one may write.
  const connection = open(file, mode === 'read' && !existsSync(`${file}-journal`))
  if (connection.pragma('user_version', { simple: true }) === schemaVersion) return connection
  connection.close()
  return undefined
}

/** Whether there is a finished plan. */
export function hasPlanFile(dataDir: string, id: string): boolean {
  return existsSync(fileOf(dataDir, id))
}

/** Removes a plan, finished or not, with what SQLite keeps beside it; nothing where there is none. */
export function removePlanFile(dataDir: string, id: string): void {
  const file = fileOf(dataDir, id)
  for (const end of ['', '-journal', building, `${building}-journal`]) rmSync(`${file}${end}`, { force: true })
}

/** The ids of all finished plans. What a crash has left of an unfinished one is removed. */
export function planIds(dataDir: string, now: number): readonly string[] {
  const path = join(dataDir, folder)
  if (!existsSync(path)) return []
  const names = readdirSync(path)
  for (const name of names.filter((each) => each.endsWith(building))) {
    const since = statSync(join(path, name), { throwIfNoEntry: false })?.mtimeMs ?? now
    if (now - since > buildingForMs) rmSync(join(path, name), { force: true })
  }
  return names.filter((each) => each.endsWith('.db')).map((each) => each.slice(0, -'.db'.length))
}
