import type { ContractRouterClient } from '@orpc/contract'
import { attributes } from './attributes.ts'
import { backups } from './backups.ts'
import { conversions } from './conversions.ts'
import { directories } from './directories.ts'
import { diagnosis } from './diagnosis.ts'
import { endpoint } from './endpoint.ts'
import { endpointTests } from './endpoint-tests.ts'
import { firstRun } from './first-run.ts'
import { help } from './help.ts'
import { storage } from './storage.ts'
import { vault } from './vault.ts'
import { groups } from './groups.ts'
import { imports } from './imports.ts'
import { integrations } from './integrations.ts'
import { jobs } from './jobs.ts'
import { lookupIndexes } from './lookup-indexes.ts'
import { notifications } from './notifications.ts'
import { overview } from './overview.ts'
import { provisioning } from './provisioning.ts'
import { requests } from './requests.ts'
import { schemas } from './schemas.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { system } from './system.ts'
import { tokens } from './tokens.ts'
import { users } from './users.ts'

/** Every call between console and engine, a file an area. */
export const contract = {
  attributes,
  backups,
  conversions,
  directories,
  diagnosis,
  endpoint,
  endpointTests,
  firstRun,
  help,
  storage,
  vault,
  groups,
  imports,
  integrations,
  jobs,
  lookupIndexes,
  notifications,
  overview,
  provisioning,
  requests,
  schemas,
  sessions,
  settings,
  system,
  tokens,
  users,
}

export type Contract = typeof contract

/** The engine as its callers see it. */
export type EngineClient = ContractRouterClient<Contract>
