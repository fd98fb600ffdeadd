import { api } from './api.ts'
import { attributes } from './attributes.ts'
import { backups } from './backups.ts'
import { directories } from './directories.ts'
import { diagnosis } from './diagnosis.ts'
import { endpoint } from './endpoint.ts'
import { firstRun } from './first-run.ts'
import { help } from './help.ts'
import { storage } from './storage.ts'
import { vault } from './vault.ts'
import { groups } from './groups.ts'
import { integrations } from './integrations.ts'
import { notifications } from './notifications.ts'
import { overview } from './overview.ts'
import { provisioning } from './provisioning.ts'
import { requests } from './requests.ts'
import { sessions } from './sessions.ts'
import { settings } from './settings.ts'
import { system } from './system.ts'
import { tokens } from './tokens.ts'
import { users } from './users.ts'

/** The whole contract, implemented. A transport gives each call its `ApiContext`. */
export const router = api.router({
  attributes,
  backups,
  directories,
  diagnosis,
  endpoint,
  firstRun,
  help,
  storage,
  vault,
  groups,
  integrations,
  notifications,
  overview,
  provisioning,
  requests,
  sessions,
  settings,
  system,
  tokens,
  users,
})
