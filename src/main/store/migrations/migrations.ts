import type { Migration } from './migrate.ts'
import { alertsTold } from './alerts-told.ts'
import { consoleAccess } from './console-access.ts'
import { deletedIntegrations } from './deleted-integrations.ts'
import { drift } from './drift.ts'
import { fewerPages } from './fewer-pages.ts'
import { fewerIndexes } from './fewer-indexes.ts'
import { initial } from './initial.ts'
import { jobsAndAliases } from './jobs-and-aliases.ts'
import { lookupIndexes } from './lookup-indexes.ts'
import { notifications } from './notifications.ts'
import { outboxDepth } from './outbox-depth.ts'
import { outboxTurns } from './outbox-turns.ts'
import { secretsAndBackups } from './secrets-and-backups.ts'
import { webhookSecrets } from './webhook-secrets.ts'

/** The steps that make up `rollcall.db`, oldest first; each stands in a file of its own, which explains its tables. Numbers may be left out. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: initial },
  { version: 2, sql: fewerPages },
  { version: 3, sql: jobsAndAliases },
  { version: 4, sql: notifications },
  { version: 5, sql: consoleAccess },
  { version: 7, sql: drift },
  { version: 8, sql: secretsAndBackups },
  { version: 9, sql: deletedIntegrations },
  { version: 10, sql: webhookSecrets },
  { version: 11, sql: lookupIndexes },
  { version: 12, sql: outboxTurns },
  { version: 13, sql: alertsTold },
  { version: 14, sql: outboxDepth },
  { version: 15, sql: fewerIndexes, rewritesSchema: true },
]
