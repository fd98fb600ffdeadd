import Database from 'better-sqlite3'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { isJsonObject, type JsonObject } from '../../scim/json/json.ts'
import { unreachable } from '../../scim/unreachable.ts'
import { migrate } from '../store/migrations/migrate.ts'
import { migrations } from '../store/migrations/migrations.ts'
import { registerFunctions } from '../store/filter/sql-functions.ts'
import type { Outcome } from '../writer/command.ts'
import { bodyOf, createTestDirectory, groupUrn, patch, statusOf, type TestDirectory } from './test-directory.fixture.ts'

const people = 2
const teams = 3

/** One request, or a restore by the admin. Numbers name people, then teams, by their place. */
type Step =
  | { readonly kind: 'change'; readonly team: number; readonly operations: readonly Operation[] }
  | { readonly kind: 'put'; readonly team: number; readonly members: readonly number[] }
  | { readonly kind: 'delete' | 'restore'; readonly who: number }

interface Operation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly members: readonly number[]
}

const anyone = fc.nat({ max: people + teams - 1 })
const anyTeam = fc.integer({ min: people, max: people + teams - 1 })
const someMembers = fc.uniqueArray(anyone, { maxLength: 3 })
const someOperations = fc.array(
  fc.record({
    op: fc.constantFrom('add', 'add', 'replace', 'remove'),
    members: someMembers,
  }) satisfies fc.Arbitrary<Operation>,
  { minLength: 1, maxLength: 2 },
)
const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: fc.record({ kind: fc.constant('change'), team: anyTeam, operations: someOperations }), weight: 6 },
  { arbitrary: fc.record({ kind: fc.constant('put'), team: anyTeam, members: someMembers }), weight: 2 },
  { arbitrary: fc.record({ kind: fc.constantFrom('delete', 'restore', 'restore'), who: anyone }), weight: 5 },
)

/** What memberships are, without a database: who stands in which team, and who is archived. */
function createGraph() {
  let memberships: ReadonlyMap<number, ReadonlySet<number>> = new Map()
  const archived = new Set<number>()
  const isHere = (who: number) => !archived.has(who)
  const direct = (team: number) => [...(memberships.get(team) ?? [])].filter(isHere)
  const within = (team: number): readonly number[] => direct(team).flatMap((each) => [each, ...within(each)])

  /** Who is archived stays set aside in a team until a new list of members does not name them. */
  function after(team: number, operations: readonly Operation[]): ReadonlySet<number> {
    let result = new Set(memberships.get(team))
    for (const { op, members } of operations) {
      if (op === 'remove') for (const each of members) result.delete(each)
      else {
        if (op === 'replace') result = new Set(members.filter((each) => result.has(each)))
        for (const each of members.filter(isHere)) result.add(each)
      }
    }
    return result
  }

  return {
    isHere,
    archive: (who: number) => void archived.add(who),
    /** Who comes back does not come back into what is inside it by now. */
    restore(who: number) {
      const inside = within(who)
      memberships = new Map(
        [...memberships].map(([team, those]) => [
          team,
          inside.includes(team) ? new Set([...those].filter((each) => each !== who)) : those,
        ]),
      )
      archived.delete(who)
    },
    direct,
    /** Whether a member would lead back to the team at any point of the request. */
    closesCircle: (team: number, operations: readonly Operation[]) =>
      operations.some(({ op, members }) =>
        members.some((each) => op !== 'remove' && isHere(each) && (each === team || within(each).includes(team))),
      ),
    change(team: number, operations: readonly Operation[]) {
      memberships = new Map(memberships).set(team, after(team, operations))
    },
    /** The teams that somebody is in, and whether by themselves or by way of another team. */
    teamsOf: (who: number) =>
      [...memberships.keys()]
        .filter((team) => isHere(team) && within(team).includes(who))
        .map((team) => ({ value: team, type: direct(team).includes(who) ? 'direct' : 'indirect' })),
  }
}

/** A migrated database without anything in it, as bytes: to copy it is faster than to migrate each one. */
function migratedDatabase(): Buffer {
  const connection = new Database(':memory:')
  migrate(connection, ':memory:', migrations)
  const bytes = connection.serialize()
  connection.close()
  return bytes
}

const empty = migratedDatabase()

function inDirectory(check: (directory: TestDirectory) => void): void {
  const connection = new Database(empty)
  try {
    registerFunctions(connection)
    check(createTestDirectory(connection))
  } finally {
    connection.close()
  }
}

function idsAt(body: JsonObject, name: string): readonly JsonObject[] {
  const list = body[name]
  return Array.isArray(list) ? list.filter(isJsonObject) : []
}

// More runs look deeper: ROLLCALL_PROPERTY_RUNS=2000 for a search by hand.
const numRuns = Number(process.env['ROLLCALL_PROPERTY_RUNS'] ?? 120)

it('memberships are those of a plain graph, whatever is written, deleted and restored', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (steps) => {
      inDirectory((directory) => {
        const { request, administer } = directory
        const ids = [
          ...Array.from({ length: people }, (_, n) => directory.addUser(`user${n}`)),
          ...Array.from({ length: teams }, (_, n) => directory.addGroup(`team${n}`)),
        ]
        const numberOf = (each: JsonObject) => ids.findIndex((id) => id === each['value'])
        const named = (members: readonly number[]) => members.map((each) => ({ value: ids[each] ?? '' }))
        const pathOf = (who: number) => `/${who < people ? 'Users' : 'Groups'}/${ids[who]}`
        const read = (who: number) =>
          bodyOf(request('PATCH', pathOf(who), patch(), { query: `attributes=${who < people ? 'groups' : 'members'}` }))
        const graph = createGraph()

        const write = (team: number, operations: readonly Operation[], done: number, send: () => Outcome) => {
          const refused = graph.closesCircle(team, operations)
          const expected = refused ? 400 : done
          const status = statusOf(send())
          if (!graph.isHere(team)) return { status, expected: 404 }
          if (!refused) graph.change(team, operations)
          return { status, expected }
        }
        /** The status that a step was answered with, and the one that it should be. */
        const carryOut = (each: Step) => {
          switch (each.kind) {
            case 'change': {
              const sent = each.operations.map(({ op, members }) => ({ op, path: 'members', value: named(members) }))
              return write(each.team, each.operations, 204, () => request('PATCH', pathOf(each.team), patch(...sent)))
            }
            case 'put': {
              const name = `team${each.team - people}`
              const body = { schemas: [groupUrn], displayName: name, members: named(each.members) }
              const operations = [{ op: 'replace' as const, members: each.members }]
              return write(each.team, operations, 200, () => request('PUT', pathOf(each.team), body))
            }
            case 'delete': {
              const expected = graph.isHere(each.who) ? 204 : 404
              graph.archive(each.who)
              return { status: statusOf(request('DELETE', pathOf(each.who))), expected }
            }
            case 'restore': {
              const who = ids[each.who] ?? ''
              if (!graph.isHere(each.who)) {
                if (each.who < people) administer('restore-user', { directory: 'main', who })
                else administer('restore-group', { directory: 'main', which: who })
                graph.restore(each.who)
              }
              return { status: undefined, expected: undefined }
            }
            default:
              return unreachable(each)
          }
        }

        const answers = steps.map(carryOut)
        expect(answers.map(({ status }) => status)).toEqual(answers.map(({ expected }) => expected))
        const here = [...ids.keys()].filter(graph.isHere)
        const seen = here.map((who) =>
          who < people
            ? idsAt(read(who), 'groups').map((each) => ({ value: numberOf(each), type: each['type'] }))
            : idsAt(read(who), 'members').map(numberOf),
        )
        const expected = here.map((who) =>
          who < people
            ? graph.teamsOf(who).toSorted((a, b) => a.value - b.value)
            : graph.direct(who).toSorted((a, b) => a - b),
        )
        expect(seen).toEqual(expected)
      })
    }),
    { numRuns, endOnFailure: true },
  )
})
