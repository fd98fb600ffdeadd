import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createModels } from '../../../scim/model/models.ts'
import { createMatcher } from '../../../scim/filter/evaluate.ts'
import { parseFilter } from '../../../scim/filter/parse.ts'
import { isJsonObject, type JsonObject } from '../../../scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../../scim/urn.ts'
import type { ResourceModel } from '../../../scim/model/resource-model.ts'
import { compareResources } from '../../../scim/query/compare-resources.fixture.ts'
import { parseSortBy } from '../../../scim/query/sort.ts'
import { memberPages } from '../../directory/read/answer-resource.ts'
import { customAttributeOf } from '../../directory/directory-config.ts'
import { groupJsonParts, userJson } from '../../directory/read/represent.ts'
import { base, createTestDirectory, type TestDirectory } from '../../directory/test-directory.fixture.ts'
import type { ListQuery } from './list-query.ts'
import { migrate } from '../migrations/migrate.ts'
import { migrations } from '../migrations/migrations.ts'
import {
  carryOut,
  numbers,
  texts,
  customAttributes,
  customUrn,
  randomDirectory,
  type DirectoryPlan,
} from './random-directory.fixture.ts'
import { filterText, pathsOf, randomFilterPlan } from './random-query.fixture.ts'
import { registerFunctions } from '../filter/sql-functions.ts'

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

/** What there can be an index of, of each kind. */
const indexed = [
  'nickName',
  'title',
  'profileUrl',
  'name.givenName',
  'photos.value',
  'roles.value',
  ...['department', 'employeeNumber', 'manager.value'].map((name) => `${enterpriseUserSchemaUrn}:${name}`),
  ...customAttributes.flatMap(({ name, type }) =>
    type === 'boolean' || type === 'dateTime' ? [] : [`${customUrn}:${name}`],
  ),
]

/** When an index is begun: before there is anybody, between, or when everybody is there; and how far it comes. */
type IndexPlan = 'none' | 'first' | 'last' | 'half'

/** Has an index made of whatever there can be one of. */
function addIndexes(directory: TestDirectory): void {
  for (const path of indexed)
    expect(directory.administer('add-lookup-index', { directory: 'main', path })).toMatchObject({ kind: 'value' })
}

/** Goes on with the indexes, a few users at a time, as often as is said. */
function goOn(directory: TestDirectory, rounds: number): void {
  for (let round = 0; round < rounds; round += 1)
    for (const { id, after_seq: afterSeq } of directory.store.lookupIndexes.unfinished())
      directory.administer('advance-lookup-index', { id, afterSeq, items: 2, limits: { budgetMs: 1000, atLeast: 2 } })
}

/** Builds a directory and hands both resource types, as both integrations see them, to a check. */
function inDirectory(plan: DirectoryPlan, check: (subject: Subject) => void, indexes: IndexPlan = 'none'): void {
  const connection = new Database(empty)
  try {
    registerFunctions(connection)
    const directory = createTestDirectory(connection)
    carryOut(plan, directory, (moment) => {
      if (moment === 'before' && indexes === 'first') addIndexes(directory)
      if (moment === 'between' && indexes !== 'none' && indexes !== 'last') addIndexes(directory)
      if (moment === 'between' && indexes === 'half') goOn(directory, 2)
    })
    if (indexes === 'last') addIndexes(directory)
    if (indexes !== 'none') goOn(directory, 10)
    expect(directory.store.lookupIndexes.unfinished()).toEqual([])
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

const indexPlan = fc.constantFrom<IndexPlan>('none', 'first', 'half', 'last')

// More runs look deeper: ROLLCALL_PROPERTY_RUNS=5000 for a search by hand.
const numRuns = Number(process.env['ROLLCALL_PROPERTY_RUNS'] ?? 300)
const runs = { numRuns, interruptAfterTimeLimit: Math.max(15_000, numRuns * 100) }

describe('a list of the store', () => {
  it(
    'holds exactly what the in-memory filter holds, in the order of creation',
    () => {
      fc.assert(
        fc.property(
          randomDirectory,
          fc.array(randomFilterPlan, { minLength: 4, maxLength: 8 }),
          indexPlan,
          (plan, filters, indexes) => {
            const check = ({ model, resources, list, total }: Subject) => {
              for (const each of filters) {
                const text = filterText(each, model, resources)
                const filter = parseFilter(model, text)
                const matches = createMatcher(filter)
                const expected = resources.filter((resource) => matches(resource)).map((resource) => resource['id'])
                expect({ text, ids: list({ filter }) }).toEqual({ text, ids: expected })
                expect({ text, total: total({ filter, count: 1 }) }).toEqual({ text, total: expected.length })
              }
            }
            inDirectory(plan, check, indexes)
          },
        ),
        runs,
      )
    },
    runs.interruptAfterTimeLimit * 2,
  )

  it(
    'holds whom the index of an attribute leads to as the in-memory filter does',
    () => {
      const wanted = fc.record({
        text: fc.constantFrom(...texts),
        number: fc.constantFrom(...numbers),
        suffix: fc.constantFrom('', ' and active eq true', ' or title eq "a"', ' or userName sw "a0"'),
      })
      fc.assert(
        fc.property(
          randomDirectory,
          fc.array(wanted, { minLength: 2, maxLength: 4 }),
          fc.constantFrom<IndexPlan>('first', 'half', 'last'),
          (plan, values, indexes) => {
            const check = ({ model, resources, list, total }: Subject) => {
              if (model.name !== 'User') return
              for (const { text, number, suffix } of values)
                for (const path of indexed) {
                  const value = JSON.stringify(/integer|decimal/.test(path) ? number : text)
                  for (const test of [`${path} eq ${value}${suffix}`, `not (${path} eq ${value})`]) {
                    const filter = parseFilter(model, test)
                    const matches = createMatcher(filter)
                    const expected = resources.filter((resource) => matches(resource)).map((resource) => resource['id'])
                    expect({ test, ids: list({ filter }) }).toEqual({ test, ids: expected })
                    expect({ test, total: total({ filter, count: 1 }) }).toEqual({ test, total: expected.length })
                  }
                }
            }
            inDirectory(plan, check, indexes)
          },
        ),
        { ...runs, numRuns: Math.ceil(runs.numRuns / 6) },
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
