import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isJsonObject, type JsonObject } from '../../scim/json/json.ts'
import type { AdministrationInputOf, AdministrationName } from '../administration/administration.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import type { Connection } from '../store/file/open-database.ts'
import { prepareStoreWrites } from '../store/store-writes.ts'
import type { Command, Outcome, ScimCommand } from '../writer/command.ts'
import { createWriter } from '../writer/writer.ts'

export const base = 'https://scim.example/v2'
export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User'
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group'

export type Method = ScimCommand['method']

/** What differs from a plain request of the first integration. */
export interface RequestOptions {
  readonly integrationId?: number
  readonly query?: string
  readonly ifMatch?: string
}

/** An empty data directory of its own; `remove` deletes it. */
export function createDataDir() {
  const path = mkdtempSync(join(tmpdir(), 'rollcall-directory-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** An initialised directory `main` behind a writer, with the integrations `entra` and `okta`. */
export function createTestDirectory(connection: Connection) {
  const writer = createWriter(connection, { bulkMaxOperations: 1000 })
  const store = prepareStoreWrites(connection)
  let now = Date.parse('2026-01-01T00:00:00Z')
  let requests = 0

  const tick = () => (now += 1000)

  function execute(...commands: readonly Command[]): readonly Outcome[] {
    return writer.execute(commands)
  }

  function carryOut(single: Command): Outcome {
    const [outcome] = execute(single)
    if (!outcome) throw new Error('the writer gave no outcome')
    return outcome
  }

  function administer<Name extends AdministrationName>(name: Name, input: AdministrationInputOf<Name>): Outcome {
    return carryOut({ kind: 'administration', name, input, actor: 'command line', now: tick() })
  }

  administer('initialise', { vaultId: 'vault' })
  administer('create-integration', { directory: 'main', name: 'Entra', idp: 'entra', slug: 'entra' })
  administer('create-integration', { directory: 'main', name: 'Okta', idp: 'okta', slug: 'okta' })
  const integrationId = (slug: string) => store.integrations.bySlug(slug)?.id ?? 0
  const entra = integrationId('entra')
  const okta = integrationId('okta')

  /** A request as a command; `path` is `/Users`, `/Groups/{id}` and so on. */
  function command(method: Method, path: string, body?: unknown, options: RequestOptions = {}): ScimCommand {
    const [, endpoint, id] = path.split('/')
    requests += 1
    return {
      kind: 'scim',
      integrationId: options.integrationId ?? entra,
      method,
      resource: endpoint === 'Users' ? 'User' : 'Group',
      id,
      body: body === undefined ? undefined : JSON.stringify(body),
      query: options.query ?? '',
      ifMatch: options.ifMatch,
      base,
      requestId: `request-${requests}`,
      now: tick(),
    }
  }

  /** Carries out one request. */
  function request(method: Method, path: string, body?: unknown, options?: RequestOptions): Outcome {
    return carryOut(command(method, path, body, options))
  }

  /** Creates a user and returns its id. */
  function addUser(userName: string, rest: JsonObject = {}, options?: RequestOptions): string {
    return idOf(request('POST', '/Users', { schemas: [userUrn], userName, ...rest }, options))
  }

  /** Creates a group with these members and returns its id. */
  function addGroup(displayName: string, members: readonly string[] = [], options?: RequestOptions): string {
    const body = { schemas: [groupUrn], displayName, members: members.map((value) => ({ value })) }
    return idOf(request('POST', '/Groups', body, options))
  }

  function bulk(operations: readonly unknown[], rest: JsonObject = {}): Outcome {
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'], ...rest, Operations: operations }
    return carryOut({
      kind: 'bulk',
      integrationId: entra,
      body: JSON.stringify(body),
      base,
      requestId: `request-${++requests}`,
      now: tick(),
    })
  }

  const directoryId = store.directories.bySlug('main')?.id ?? 0
  return {
    connection,
    writer,
    store,
    directoryId,
    entra,
    okta,
    tick,
    execute,
    administer,
    command,
    request,
    addUser,
    addGroup,
    bulk,
  }
}

export type TestDirectory = ReturnType<typeof createTestDirectory>

/** A test directory in a folder of its own, on a real disk; `close` deletes it. */
export function openTestDirectory() {
  const dataDir = createDataDir()
  const connection = openWriterConnection(dataDir.path)
  return {
    ...createTestDirectory(connection),
    dataDir: dataDir.path,
    close(): void {
      connection.close()
      dataDir.remove()
    },
  }
}

/** The id of the resource that an answer is about. Throws when the outcome is no answer. */
export function idOf(outcome: Outcome): string {
  if (outcome.kind !== 'answer' || outcome.answer.resourceId === undefined)
    throw new Error(`expected an answer with a resource, got ${JSON.stringify(outcome)}`)
  return outcome.answer.resourceId
}

/** The body of an answer. Throws when there is none. */
export function bodyOf(outcome: Outcome): JsonObject {
  const body: unknown =
    outcome.kind === 'answer' && outcome.answer.body !== undefined ? JSON.parse(outcome.answer.body) : undefined
  if (!isJsonObject(body)) throw new Error(`expected an answer with a body, got ${JSON.stringify(outcome)}`)
  return body
}

/** The status that an IdP would see; undefined for what is no answer to an IdP. */
export function statusOf(outcome: Outcome): number | undefined {
  if (outcome.kind === 'answer') return outcome.answer.status
  return outcome.kind === 'scim-error' ? outcome.status : undefined
}

/** A PATCH body with these operations. */
export function patch(...operations: readonly JsonObject[]): JsonObject {
  return { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: operations }
}
