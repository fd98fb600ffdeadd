import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createModels } from '../../scim/model/models.ts'
import { createMatcher } from '../../scim/filter/evaluate.ts'
import { parseFilter } from '../../scim/filter/parse.ts'
import { isJsonObject, type JsonObject } from '../../scim/json/json.ts'
import type { ResourceModel } from '../../scim/model/resource-model.ts'
import { compareResources } from '../../scim/query/compare-resources.fixture.ts'
import { parseSortBy } from '../../scim/query/sort.ts'
import { memberPages } from '../directory/answer-resource.ts'
import { customAttributeOf } from '../directory/directory-config.ts'
import { groupJsonParts, userJson } from '../directory/represent.ts'
import { base, createTestDirectory, type TestDirectory } from '../directory/test-directory.fixture.ts'
import type { ListQuery } from './lists.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { carryOut, randomDirectory, type DirectoryPlan } from './random-directory.fixture.ts'
import { filterText, pathsOf, randomFilterPlan } from './random-query.fixture.ts'
import { registerFunctions } from './filter/sql-functions.ts'

function parsed(text: string): JsonObject {
  const value: unknown = JSON.parse(text)
  if (!isJsonObject(value)) throw new Error('a resource is an object')
  return value
}

function idsOf(directory: TestDirectory, sql: string): readonly string[] {
  return directory.connection.prepare<[number], string>(sql).pluck().all(directory.directoryId)
}

/** Everything that an integration may see, in full and in the order of creation, not by way of lists. */
function everything(directory: TestDirectory, model: ResourceModel, integrationId: number): readonly JsonObject[] {
  const { store, directoryId } = directory
  const view = { integrationId, base, seesGroups: true }
  if (model.name === 'User') {
    const ids = idsOf(
      directory,
      'select id from users where directory_id = ? and archived_at is null and hidden = 0 order by seq',
    )
    return ids.flatMap((id) => {
      const row = store.users.listed(directoryId, id)
      return row ? [parsed(userJson(row, store.memberships.groupsOfUser(row.seq), view))] : []
    })
  }
  const ids = idsOf(directory, 'select id from groups where directory_id = ? and archived_at is null order by seq')
  return ids.flatMap((id) => {
    const row = store.groups.listed(directoryId, id)
    if (!row) return []
    const { head, tail } = groupJsonParts(row, view)
    return [parsed(`${head}${[...memberPages(store, row.seq, base)].join(',')}${tail}`)]
  })
}

interface Subject {
  readonly directory: TestDirectory
  readonly model: ResourceModel
  readonly resources: readonly JsonObject[]
  readonly ids: readonly unknown[]
  readonly list: (query: Partial<ListQuery>) => readonly string[]
  readonly total: (query: Partial<ListQuery>) => number
}

/** A migrated database without anything in it, as bytes: to copy it is faster than to migrate each one. */
const empty = migratedDatabase()

function migratedDatabase(): Buffer {
  const connection = new Database(':memory:')
  migrate(connection, ':memory:', migrations)
  const bytes = connection.serialize()
  connection.close()
  return bytes
}

/** Builds a directory and hands both resource types, as both integrations see them, to a check. */
function inDirectory(plan: DirectoryPlan, check: (subject: Subject) => void): void {
  const connection = new Database(empty)
  try {
    registerFunctions(connection)
    const directory = createTestDirectory(connection)
    carryOut(plan, directory)
    const { store, directoryId } = directory
    const models = createModels(store.customAttributes.ofDirectory(directoryId).map(customAttributeOf))
    for (const model of [models.user, models.group])
      for (const integrationId of [directory.entra, directory.okta]) {
        const resources = everything(directory, model, integrationId)
        const whole: ListQuery = {
          scope: { model, directoryId, integrationId, base, seesGroups: true },
          filter: undefined,
          sort: undefined,
          startIndex: 1,
          count: 1000,
          afterSeq: undefined,
        }
        check({
          directory,
          model,
          resources,
          ids: resources.map((each) => each['id']),
          list: (query) =>
            store.lists
              .prepare({ ...whole, ...query })
              .page()
              .rows.map((row) => row.id),
          total: (query) => store.lists.prepare({ ...whole, ...query }).page().total,
        })
      }
  } finally {
    connection.close()
  }
}

// More runs look deeper: ROLLCALL_PROPERTY_RUNS=5000 for a search by hand.
const numRuns = Number(process.env['ROLLCALL_PROPERTY_RUNS'] ?? 300)
const runs = { numRuns, interruptAfterTimeLimit: Math.max(15_000, numRuns * 100) }

describe('a list of the store', () => {
  it(
    'holds exactly what the in-memory filter holds, in the order of creation',
    () => {
      fc.assert(
        fc.property(randomDirectory, fc.array(randomFilterPlan, { minLength: 4, maxLength: 8 }), (plan, filters) => {
          inDirectory(plan, ({ model, resources, list, total }) => {
            for (const each of filters) {
              const text = filterText(each, model, resources)
              const filter = parseFilter(model, text)
              const matches = createMatcher(filter)
              const expected = resources.filter((resource) => matches(resource)).map((resource) => resource['id'])
              expect({ text, ids: list({ filter }) }).toEqual({ text, ids: expected })
              expect({ text, total: total({ filter, count: 1 }) }).toEqual({ text, total: expected.length })
            }
          })
        }),
        runs,
      )
    },
    runs.interruptAfterTimeLimit * 2,
  )

  it(
    'is sorted as the in-memory order says, ties by creation',
    () => {
      fc.assert(
        fc.property(
          randomDirectory,
          fc.array(fc.tuple(fc.nat(10_000), fc.boolean()), { minLength: 4, maxLength: 8 }),
          (plan, sorts) => {
            inDirectory(plan, ({ model, resources, list }) => {
              const paths = pathsOf(model).filter(({ leaf }) => leaf.type !== 'complex')
              for (const [index, descending] of sorts) {
                const path = parseSortBy(model, paths[index % paths.length]?.text ?? 'id')
                const order = compareResources(path, descending ? 'descending' : 'ascending')
                const expected = resources.toSorted(order).map((resource) => resource['id'])
                expect({ by: path.text, ids: list({ sort: { path, descending } }) }).toEqual({
                  by: path.text,
                  ids: expected,
                })
              }
            })
          },
        ),
        { ...runs, numRuns: Math.ceil(runs.numRuns / 3) },
      )
    },
    runs.interruptAfterTimeLimit * 2,
  )

  it(
    'comes whole and without repeats when it is read page by page, by index and by cursor',
    () => {
      fc.assert(
        fc.property(
          randomDirectory,
          randomFilterPlan,
          fc.nat(10_000),
          fc.integer({ min: 1, max: 3 }),
          (plan, filterPlan, sorted, count) => {
            inDirectory(plan, ({ directory, model, resources, list, ids }) => {
              expect(list({})).toEqual(ids)
              const filter = parseFilter(model, filterText(filterPlan, model, resources))
              const paths = pathsOf(model).filter(({ leaf }) => leaf.type !== 'complex')
              const sort = {
                path: parseSortBy(model, paths[sorted % paths.length]?.text ?? 'id'),
                descending: sorted % 2 === 0,
              }
              for (const query of [{}, { filter }, { sort }, { filter, sort }]) {
                const pages: string[] = []
                for (
                  let page = list({ ...query, count });
                  page.length > 0;
                  page = list({ ...query, count, startIndex: pages.length + 1 })
                )
                  pages.push(...page)
                expect(pages).toEqual(list(query))
              }
              const seqOf = (id: string | undefined) =>
                directory.connection
                  .prepare<[string | undefined], number>(`select seq from ${model.endpoint.slice(1)} where id = ?`)
                  .pluck()
                  .get(id)
              for (const query of [{}, { filter }]) {
                const walked: string[] = []
                for (
                  let page = list({ ...query, count, afterSeq: 0 });
                  page.length > 0;
                  page = list({ ...query, count, afterSeq: seqOf(page.at(-1)) })
                )
                  walked.push(...page)
                expect(walked).toEqual(list(query))
              }
            })
          },
        ),
        { ...runs, numRuns: Math.ceil(runs.numRuns / 3) },
      )
    },
    runs.interruptAfterTimeLimit * 2,
  )
})
