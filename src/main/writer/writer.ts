import { ScimError, unauthorized } from '../../scim/error.ts'
import { createNotes, noteTexts, type Note } from '../../scim/note.ts'
import { parseJson } from '../../scim/json/parse-json.ts'
import { parseProjection } from '../../scim/query/projection.ts'
import { parseQueryParameters } from '../../scim/query/query.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { executeAdministration } from '../administration/administration.ts'
import { Refusal } from '../administration/refusal.ts'
import { executeBulk } from '../directory/write/bulk-writes.ts'
import { loadDirectoryConfig, type DirectoryConfig } from '../directory/directory-config.ts'
import { executeWrite } from '../directory/write/execute-write.ts'
import { withoutChanges } from '../directory/write/undone-notes.ts'
import { requirePlace } from '../store/file/file-place.ts'
import type { Connection } from '../store/file/open-database.ts'
import { toStoreError } from '../store/store-error.ts'
import { prepareStoreWrites, type StoreWrites } from '../store/store-writes.ts'
import { prepareTransactions } from '../store/transactions.ts'
import type { BulkCommand, Command, Outcome, RehearsalCommand, ScimCommand } from './command.ts'
import { collectingChanges } from './collecting-changes.ts'

export interface WriterOptions {
  /** Operations of one bulk request. */
  readonly bulkMaxOperations: number
  /** Members of a group that the answer to a write holds; one with more lacks them. Undefined: all. */
  readonly mostMembers?: number | undefined
  /** Whether more commands wait than those that are being carried out. */
  readonly isAwaited?: () => boolean
}

/** The one who writes. Commands that come together share a transaction (docs/decisions/0001), and one that is refused leaves nothing of itself in it. */
export interface Writer {
  /** Carries out all commands in order in one durable transaction; the outcomes are in the same order. */
  execute(commands: readonly Command[]): readonly Outcome[]
}

/** Prepares a writer on a connection that nobody else in this process uses. */
export function createWriter(connection: Connection, options: WriterOptions): Writer {
  const store = prepareStoreWrites(connection)
  const transactions = prepareTransactions(connection, store.positions)
  const requireInPlace = requirePlace(connection)
  let config = firstConfig()

  /** Throws `StoreError` where the file is damaged. */
  function firstConfig(): DirectoryConfig {
    try {
      return loadDirectoryConfig(store)
    } catch (error) {
      throw toStoreError(error, connection.name) ?? error
    }
  }

  function scopeOf(command: ScimCommand | BulkCommand, into: StoreWrites) {
    const integration = config.integrations.get(command.integrationId)
    const models = integration && config.models.get(integration.directoryId)
    // It was deleted while the request waited for its turn.
    if (!integration || !models) throw unauthorized('The integration of this token has been deleted.')
    return {
      store: into,
      models,
      indexes: config.indexes.get(integration.directoryId) ?? [],
      directoryId: integration.directoryId,
      integrationId: integration.id,
      actor: integration.slug,
      requestId: command.requestId,
      now: command.now,
      base: command.base,
      policy: integration.policy,
      notes: createNotes(integration.policy.strict),
    }
  }

  function executeScim(command: ScimCommand, into: StoreWrites): Outcome {
    const scope = scopeOf(command, into)
    try {
      const query = command.query === '' ? {} : parseQueryParameters(command.query, scope.notes)
      const model = command.resource === 'User' ? scope.models.user : scope.models.group
      const answer = executeWrite(scope, {
        method: command.method,
        resource: command.resource,
        id: command.id,
        body: command.body === undefined ? undefined : parseJson(command.body),
        ifMatch: command.ifMatch,
        ifNoneMatch: command.ifNoneMatch,
        projection: parseProjection(model, query, scope.notes),
        wantsBody: query.attributes !== undefined || query.excludedAttributes !== undefined,
        mostMembers: options.mostMembers,
      })
      return { kind: 'answer', answer, notes: noteTexts(scope.notes.list) }
    } catch (error) {
      return refusal(error, scope.notes.list)
    }
  }

  function executeBulkCommand(command: BulkCommand, into: StoreWrites): Outcome {
    const scope = scopeOf(command, into)
    try {
      const answer = executeBulk(scope, parseJson(command.body), transactions, {
        maxOperations: options.bulkMaxOperations,
      })
      return { kind: 'answer', answer, notes: noteTexts(scope.notes.list) }
    } catch (error) {
      return refusal(error, scope.notes.list)
    }
  }

  function refusal(error: unknown, notes: readonly Note[]): Outcome {
    if (!(error instanceof ScimError)) throw error
    return {
      kind: 'scim-error',
      status: error.status,
      scimType: error.scimType,
      detail: error.detail,
      notes: noteTexts(withoutChanges(notes)),
    }
  }

  /** Its caller undoes whatever is no answer and no value, and so what was rehearsed. */
  function rehearse({ command }: RehearsalCommand): Outcome {
    const { changes, into } = collectingChanges(store)
    const outcome = command.kind === 'scim' ? executeScim(command, into) : executeBulkCommand(command, into)
    if (outcome.kind !== 'answer') return { kind: 'rehearsed', outcome, changes: [] }
    // What is undone again cannot be read afterwards, so nobody is to look for the members.
    const { lacksMembers: _members, ...answer } = outcome.answer
    return { kind: 'rehearsed', outcome: { ...outcome, answer }, changes }
  }

  function executeOne(command: Command): Outcome {
    switch (command.kind) {
      case 'scim':
        return executeScim(command, store)
      case 'bulk':
        return executeBulkCommand(command, store)
      case 'rehearsal':
        return rehearse(command)
      case 'administration':
        return {
          kind: 'value',
          value: executeAdministration(
            { store, config, now: command.now, actor: command.actor, isAwaited: options.isAwaited ?? (() => false) },
            command,
          ),
        }
      case 'token-use':
        for (const use of command.uses) store.tokens.used(use.tokenId, use.at)
        return { kind: 'value', value: undefined }
      default:
        return unreachable(command)
    }
  }

  /** Throws only what ends the whole transaction. */
  function attempt(command: Command): Outcome {
    try {
      return executeOne(command)
    } catch (error) {
      if (error instanceof Refusal)
        return { kind: 'refused', problem: error.message, reason: error.reason, fields: error.fields }
      // A rule of the directory that refuses what the admin wants.
      if (error instanceof ScimError) return refusal(error, [])
      if (toStoreError(error, connection.name) || !transactions.isOpen()) throw error
      return { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }

  const isDone = (outcome: Outcome) => outcome.kind === 'answer' || outcome.kind === 'value'

  /** One of several commands, in its savepoint: what failed leaves nothing behind. Throws only what ends the whole transaction. */
  function executeGuarded(command: Command): Outcome {
    transactions.savepoint()
    const outcome = attempt(command)
    if (isDone(outcome)) transactions.release()
    else transactions.undo()
    // What one command configured holds for the next.
    if (command.kind === 'administration' && store.settings.configVersion() !== config.version)
      config = loadDirectoryConfig(store)
    return outcome
  }

  /**
   * Commands that share the transaction. Requests go without a savepoint, a tenth of their time, for hardly any is refused once it has written
   * something. Undefined when one was, and the transaction has to be undone.
   */
  function executeTogether(commands: readonly Command[]): readonly Outcome[] | undefined {
    const outcomes: Outcome[] = []
    for (const command of commands) {
      if (command.kind !== 'scim') {
        outcomes.push(executeGuarded(command))
        continue
      }
      const before = transactions.changes()
      const outcome = attempt(command)
      if (!isDone(outcome) && transactions.changes() !== before) return undefined
      outcomes.push(outcome)
    }
    return outcomes
  }

  function begin(): void {
    transactions.begin()
    if (store.settings.configVersion() !== config.version) config = loadDirectoryConfig(store)
  }

  /** What was configured has been undone with the rest, so the next transaction reads it anew; to read it here could fail again. */
  function undoAll(): void {
    transactions.rollback()
    config = { ...config, version: -1 }
  }

  function executeEach(commands: readonly Command[]): readonly Outcome[] {
    undoAll()
    begin()
    return commands.map(executeGuarded)
  }

  /** A command that has the transaction to itself needs no savepoint. */
  function executeAlone(command: Command): Outcome {
    const outcome = attempt(command)
    if (isDone(outcome)) transactions.commit()
    else transactions.rollback()
    return outcome
  }

  return {
    execute(commands) {
      try {
        requireInPlace()
        begin()
        const [first, second] = commands
        if (first && !second) return [executeAlone(first)]
        const outcomes = executeTogether(commands) ?? executeEach(commands)
        transactions.commit()
        return outcomes
      } catch (error) {
        undoAll()
        const known = toStoreError(error, connection.name)
        const outcome: Outcome = known
          ? { kind: 'store-error', problem: known.message }
          : { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
        return commands.map(() => outcome)
      }
    },
  }
}
