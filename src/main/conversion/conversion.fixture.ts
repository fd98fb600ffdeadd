import { createAdminister } from '../administration/administer.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { createTestDirectory, createDataDir } from '../directory/test-directory.fixture.ts'
import { createJobs } from '../jobs/jobs.ts'
import type { Job } from '../jobs/job.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { conversionKinds } from './run/conversion-kinds.ts'
import { parseConversionOptions } from './targets/conversion-options.ts'
import { createConversions } from './conversions.ts'
import type { ListedUserId } from './plan/plan-lists.ts'
import type { Plan } from './plan/plans.ts'
import { runPlanTask } from './plan/run-plan-task.ts'

/** Old and new user IDs as the lines of a list. */
async function* listOf(entries: Readonly<Record<string, string>>): AsyncGenerator<ListedUserId> {
  let line = 0
  for (const [from, to] of Object.entries(entries)) yield { line: ++line, from, to }
}

export async function* namesOf(...names: readonly string[]): AsyncGenerator<string> {
  yield* names
}

/** A test directory on a real disk whose user IDs can be converted, without threads; `close` deletes it. */
export function openConvertible() {
  const dataDir = createDataDir()
  const connection = openWriterConnection(dataDir.path)
  const directory = createTestDirectory(connection)
  const { writer, store, directoryId } = directory
  const clock = () => directory.tick()
  const queue = {
    execute: (command: Parameters<typeof writer.execute>[0][number]) => {
      const [outcome] = writer.execute([command])
      return Promise.resolve(outcome ?? { kind: 'bug' as const, stack: 'no outcome' })
    },
    close: () => Promise.resolve(),
  }
  const administer = createAdminister(queue, 'command line', clock)
  const troubles: string[] = []
  const jobs = createJobs({
    reads: store,
    administer,
    kinds: conversionKinds(dataDir.path, administer),
    clock,
    onTrouble: (message) => void troubles.push(message),
    watchLoad: () => () => 0,
  })
  const conversions = createConversions({
    dataDir: dataDir.path,
    runTask: (task) => Promise.resolve(runPlanTask(task, () => undefined)),
    reads: store,
    administer,
    clock,
  })
  let line = 0

  /** Creates a local user, as an import does. */
  async function addLocal(
    userName: string,
    rest: JsonObject = {},
    role?: 'user-manager' | 'administrator',
  ): Promise<string> {
    const user = { line: ++line, resource: { userName, ...rest }, role }
    await administer('import-users', { directory: 'main', users: [user] })
    return idOf(userName)
  }

  /** Creates a local user with a work address. */
  const addPerson = (userName: string, address: string) =>
    addLocal(userName, { emails: [{ type: 'work', value: address }] })

  function idOf(userName: string): string {
    const row = connection
      .prepare<[string], { id: string }>('select id from users where user_name = ? order by archived_at is not null')
      .get(userName)
    if (!row) throw new Error(`nobody is called ${userName}`)
    return row.id
  }

  const preview = (options: JsonObject = {}, list?: Readonly<Record<string, string>>): Promise<Plan> =>
    conversions.preview({
      directoryId,
      options: parseConversionOptions({ ...options, hasList: list !== undefined }),
      list: list && listOf(list),
    })

  /** Carries a plan out to its end. */
  async function carryOut(plan: Plan): Promise<Job> {
    return jobs.follow(await conversions.start(plan.id), { graceMs: 0 })
  }

  return {
    ...directory,
    dataDir: dataDir.path,
    administer,
    jobs,
    conversions,
    troubles,
    addLocal,
    addPerson,
    idOf,
    preview,
    carryOut,
    convert: async (options: JsonObject = {}, list?: Readonly<Record<string, string>>) =>
      carryOut(await preview(options, list)),
    undo: async (jobId: number) => carryOut(await conversions.previewUndo(directoryId, jobId)),
    /** The outcomes of a preview by userName. */
    outcomes: (plan: Plan) =>
      Object.fromEntries(
        conversions
          .users(plan.id, {}, 0, 10_000)
          .map((user) => [
            user.userName,
            [user.outcome, ...(user.reason === undefined ? [] : [user.reason])].join(': '),
          ]),
      ),
    /** Everybody by id, whether archived or not: the userName in its row and in its document, byte for byte. */
    userNames: () =>
      Object.fromEntries(
        connection
          .prepare<[], { id: string; user_name: string; inside: string }>(
            "select id, user_name, doc ->> '$.userName' as inside from users where hidden = 0 order by seq",
          )
          .all()
          .map(({ id, user_name, inside }) => [id, user_name === inside ? user_name : [user_name, inside]]),
      ),
    async close(): Promise<void> {
      await jobs.close()
      connection.close()
      dataDir.remove()
    },
  }
}

export type Convertible = ReturnType<typeof openConvertible>
