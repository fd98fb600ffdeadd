import { convertUserIds } from '../conversion/run/convert-batch.ts'
import { startConversion, startUndo } from '../conversion/run/start-conversion.ts'
import { undoUserIds } from '../conversion/run/undo-batch.ts'
import { changeJob, claimJob, endJob, releaseJob } from '../jobs/job-rules.ts'
import type { AdministrationScope } from './administration-scope.ts'
import { addAttribute, beginAttributeRemoval, removeAttributeValues } from './attributes.ts'
import {
  addConsoleKey,
  addPasswordSession,
  consoleSessionSeen,
  endConsoleSessions,
  tradeConsoleKey,
} from './console-access.ts'
import { beginBackup, endBackup, forgetBackup } from './backup-runs.ts'
import { createDirectory } from './directories.ts'
import { setExpectedUsers } from './records/expected-users.ts'
import { archiveGroupById, changeGroupMembers, createGroup, editGroup } from './records/edit-groups.ts'
import { archiveUserById, createUser, editUser } from './records/edit-users.ts'
import { purgeGroup, restoreGroup } from './records/archived-groups.ts'
import {
  createIntegration,
  renameIntegration,
  setAdministrator,
  setIntegrationState,
  setPolicy,
} from './integrations/integrations.ts'
import { deleteIntegration } from './integrations/delete-integration.ts'
import { initialise } from './initialise.ts'
import { purgeUser, restoreUser } from './records/archived-users.ts'
import { importUsers, importUsersByLine } from './records/import-users.ts'
import {
  addWebhook,
  claimMessages,
  dropMessages,
  editWebhook,
  forgetMessages,
  forgetRecipients,
  removeWebhook,
  retryMessages,
  setWelcome,
  settleMessages,
  tell,
} from './notifications.ts'
import { removeRequestFilter, saveRequestFilter } from './integrations/request-filters.ts'
import { pauseAll, resumeAll } from './integrations/pause-all.ts'
import { purgeArchived, purgeUsers } from './records/purge-archived.ts'
import { replaceSetting, setSetting, setSettings } from './settings.ts'
import {
  addLookupIndex,
  advanceLookupIndex,
  indexMatchingAttributes,
  learnLookupIndex,
  removeLookupIndex,
} from './lookup-indexes.ts'
import { issueToken, tokenFirstUsed, voidTokens } from './integrations/tokens.ts'
import { addSample, removeSample } from './records/sample-organisation.ts'
import { takeBackGroup, takeBackUser } from './records/take-back.ts'
import { setUserStanding } from './records/user-standing.ts'
import { beginVaultMove, forgetSecret, noteSecret, settleVault, switchVault, vaultLeft } from './vault-ledger.ts'

/** Every change that the admin can make, by name: the one list that the command line and the console call by. */
const commands = {
  initialise,
  'set-setting': setSetting,
  'set-settings': setSettings,
  'replace-setting': replaceSetting,
  'create-directory': createDirectory,
  'create-integration': createIntegration,
  'rename-integration': renameIntegration,
  'delete-integration': deleteIntegration,
  'set-integration-state': setIntegrationState,
  'set-policy': setPolicy,
  'set-administrator': setAdministrator,
  'set-expected-users': setExpectedUsers,
  'issue-token': issueToken,
  'void-tokens': voidTokens,
  'token-first-used': tokenFirstUsed,
  'add-attribute': addAttribute,
  'begin-attribute-removal': beginAttributeRemoval,
  'remove-attribute-values': removeAttributeValues,
  'add-lookup-index': addLookupIndex,
  'index-matching-attributes': indexMatchingAttributes,
  'learn-lookup-index': learnLookupIndex,
  'remove-lookup-index': removeLookupIndex,
  'advance-lookup-index': advanceLookupIndex,
  'import-users': importUsers,
  'import-users-by-line': importUsersByLine,
  'restore-user': restoreUser,
  'purge-user': purgeUser,
  'purge-users': purgeUsers,
  'set-user-standing': setUserStanding,
  'restore-group': restoreGroup,
  'purge-group': purgeGroup,
  'claim-job': claimJob,
  'release-job': releaseJob,
  'end-job': endJob,
  'change-job': changeJob,
  'start-conversion': startConversion,
  'start-undo': startUndo,
  'convert-user-ids': convertUserIds,
  'undo-user-ids': undoUserIds,
  tell,
  'claim-messages': claimMessages,
  'settle-messages': settleMessages,
  'retry-messages': retryMessages,
  'drop-messages': dropMessages,
  'forget-messages': forgetMessages,
  'add-webhook': addWebhook,
  'edit-webhook': editWebhook,
  'remove-webhook': removeWebhook,
  'forget-recipients': forgetRecipients,
  'set-welcome': setWelcome,
  'create-user': createUser,
  'edit-user': editUser,
  'archive-user': archiveUserById,
  'create-group': createGroup,
  'edit-group': editGroup,
  'change-group-members': changeGroupMembers,
  'archive-group': archiveGroupById,
  'take-back-user': takeBackUser,
  'take-back-group': takeBackGroup,
  'add-sample': addSample,
  'remove-sample': removeSample,
  'add-console-key': addConsoleKey,
  'trade-console-key': tradeConsoleKey,
  'add-password-session': addPasswordSession,
  'console-session-seen': consoleSessionSeen,
  'end-console-sessions': endConsoleSessions,
  'save-request-filter': saveRequestFilter,
  'remove-request-filter': removeRequestFilter,
  'pause-all': pauseAll,
  'resume-all': resumeAll,
  'purge-archived': purgeArchived,
  'note-secret': noteSecret,
  'forget-secret': forgetSecret,
  'settle-vault': settleVault,
  'begin-vault-move': beginVaultMove,
  'switch-vault': switchVault,
  'vault-left': vaultLeft,
  'begin-backup': beginBackup,
  'end-backup': endBackup,
  'forget-backup': forgetBackup,
} as const

export type AdministrationName = keyof typeof commands

/** The batches of long work, which are in no hurry. */
const inNoHurry: ReadonlySet<AdministrationName> = new Set([
  'convert-user-ids',
  'undo-user-ids',
  'remove-attribute-values',
  'advance-lookup-index',
  'import-users-by-line',
  'purge-archived',
  'purge-group',
])

/** Whether a change lets requests that wait for the writer go first. */
export function canWait(name: AdministrationName): boolean {
  return inNoHurry.has(name)
}

export type AdministrationInputOf<Name extends AdministrationName> = Parameters<(typeof commands)[Name]>[1]
export type AdministrationOutputOf<Name extends AdministrationName> = ReturnType<(typeof commands)[Name]>
export type AdministrationInput = AdministrationInputOf<AdministrationName>

/** Carries out one change. Throws `Refusal` with one line for the admin, or `ScimError` where a rule of the directory refuses. */
export function executeAdministration(
  scope: AdministrationScope,
  command: { readonly name: AdministrationName; readonly input: AdministrationInput },
): unknown {
  // `name` and `input` were paired by the typed caller (engine.administer) and crossed a thread together.
  const run = commands[command.name] as (scope: AdministrationScope, input: AdministrationInput) => unknown
  return run(scope, command.input)
}
