import { bulkReferences } from './bulk-reference.ts'
import type { BulkOperation } from './bulk.ts'

/** Operations that are carried out together: one, or several that wait for each other. */
export interface BulkStep {
  readonly operations: readonly BulkOperation[]
  /** They refer to each other, or one to itself (RFC 7644 §3.7.1); all of them are POSTs then. */
  readonly isCircular: boolean
}

/**
 * The order in which references are known when they are needed: that of the request, but that an operation which refers
 * to a later POST waits for it, and operations on one resource keep their order. Takes time linear in the request's size.
 */
export function orderBulk(operations: readonly BulkOperation[]): readonly BulkStep[] {
  const needs = needsOf(operations)
  const knots = knotsOf(needs).toSorted(([one = 0], [other = 0]) => one - other)
  const knotOf: number[] = []
  for (const [knot, positions] of knots.entries()) for (const position of positions) knotOf[position] = knot

  const waiting: number[][] = knots.map(() => [])
  const missing = knots.map((positions, knot) => {
    const needed = new Set<number>()
    for (const position of positions) for (const each of needs[position] ?? []) add(needed, knotOf[each])
    needed.delete(knot)
    for (const each of needed) waiting[each]?.push(knot)
    return needed.size
  })

  const steps: BulkStep[] = []
  for (const start of knots.keys()) {
    const ready = missing[start] === 0 ? [start] : []
    for (let knot = ready.pop(); knot !== undefined; knot = ready.pop()) {
      const positions = knots[knot] ?? []
      const [first = 0] = positions
      steps.push({
        operations: positions.flatMap((position) => operations[position] ?? []),
        isCircular: positions.length > 1 || needs[first]?.has(first) === true,
      })
      for (const each of waiting[knot] ?? []) {
        const left = (missing[each] ?? 0) - 1
        missing[each] = left
        // What comes later in the request than where we stand gets its turn by itself.
        if (left === 0 && each <= start) ready.push(each)
      }
    }
  }
  return steps
}

/** For each operation the positions of those that have to come before it. */
function needsOf(operations: readonly BulkOperation[]): readonly ReadonlySet<number>[] {
  const creators = new Map<string, number>()
  for (const [position, { method, bulkId }] of operations.entries())
    if (method === 'POST' && bulkId !== undefined) creators.set(bulkId, position)
  const lastOnTarget = new Map<string, number>()
  return operations.map(({ data, endpoint, id }, position) => {
    const needed = new Set<number>()
    for (const bulkId of bulkReferences(data)) add(needed, creators.get(bulkId))
    if (id === undefined) return needed
    for (const bulkId of bulkReferences(id)) add(needed, creators.get(bulkId))
    const target = `${endpoint}/${id}`
    add(needed, lastOnTarget.get(target))
    lastOnTarget.set(target, position)
    return needed
  })
}

function add(set: Set<number>, value: number | undefined): void {
  if (value !== undefined) set.add(value)
}

interface Visit {
  readonly position: number
  /** What it needs and has not been looked at. */
  readonly rest: Iterator<number>
  /** The earliest visit that can be reached from it. */
  lowest: number
}

/**
 * Parts the positions into those that need each other, directly or through others, each part in rising order (Tarjan's strongly connected
 * components). It does not recurse: a chain of references may be longer than the stack.
 */
function knotsOf(needs: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  const knots: number[][] = []
  const visitedAs = new Map<number, number>()
  const unparted: number[] = []
  const isUnparted = new Set<number>()

  function visit(position: number): Visit {
    const number = visitedAs.size
    visitedAs.set(position, number)
    unparted.push(position)
    isUnparted.add(position)
    return { position, rest: (needs[position] ?? new Set<number>()).values(), lowest: number }
  }

  function part(from: number): void {
    const knot = unparted.splice(unparted.lastIndexOf(from))
    for (const each of knot) isUnparted.delete(each)
    knots.push(knot.toSorted((one, other) => one - other))
  }

  for (const root of needs.keys()) {
    const open = visitedAs.has(root) ? [] : [visit(root)]
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const { done, value: next } = top.rest.next()
      if (done !== true) {
        const number = visitedAs.get(next)
        if (number === undefined) open.push(visit(next))
        else if (isUnparted.has(next)) top.lowest = Math.min(top.lowest, number)
        continue
      }
      open.pop()
      const above = open.at(-1)
      if (above) above.lowest = Math.min(above.lowest, top.lowest)
      if (top.lowest === visitedAs.get(top.position)) part(top.position)
    }
  }
  return knots
}
