import { z } from 'zod'
import type { Connection } from '../file/open-database.ts'
import { exchangeColumns, exchangeRows, type ExchangeRow } from './exchange-row.ts'
import type { JournalWhere } from './journal-where.ts'
import { compileTerms, type SqlParameters } from './exchange-term.ts'
import { keyNeedle } from './key-hash.ts'

export interface ExchangeRange {
  /** Only ids below this. */
  readonly before?: number | undefined
  /** Only ids above this. */
  readonly after?: number | undefined
  readonly order: 'newest first' | 'oldest first'
  readonly limit: number
}

function statusCondition(status: string, parameters: SqlParameters): string {
  const statusClass = /^([1-5])xx$/i.exec(status)?.[1]
  if (statusClass === undefined && !/^[1-5]\d\d$/.test(status))
    throw new RangeError(`${status} is not a status: write one like 404, or a class like 4xx`)
  const low = statusClass === undefined ? Number(status) : Number(statusClass) * 100
  parameters['low'] = low
  parameters['high'] = statusClass === undefined ? low : low + 99
  // The literal lets SQLite see that the partial index of failures holds all that is asked for.
  return `e.status BETWEEN :low AND :high${low >= 400 ? ' AND e.status >= 400' : ''}`
}

/** Only pinned exchanges are asked for, which are a table of their own and outlive their blocks. */
export function isOfPins({ terms }: JournalWhere): boolean {
  return terms?.some(({ field, value, isExcluded }) => field === 'is' && value === 'pinned' && !isExcluded) === true
}

/** Everything behind `SELECT columns FROM`, up to the limit. */
function rowsOf(
  where: JournalWhere,
  range: ExchangeRange,
): { readonly sql: string; readonly parameters: SqlParameters } {
  const conditions: string[] = []
  const parameters: SqlParameters = { limit: range.limit }
  const add = (condition: string, name: string, value: string | number | Buffer | undefined) => {
    if (value === undefined) return
    conditions.push(condition)
    parameters[name] = value
  }
  add('e.id < :before', 'before', range.before)
  add('e.id > :after', 'after', range.after)
  add('e.method = :method', 'method', where.method?.toUpperCase())
  add('e.integration_slug = :integration', 'integration', where.integration)
  add('e.endpoint = :endpoint COLLATE NOCASE', 'endpoint', where.endpoint)
  add('substr(e.classification, 1, length(:class)) = :class COLLATE NOCASE', 'class', where.classification)
  const ofPins = isOfPins(where)
  // The plus signs make SQLite take the index on the times. Ids follow the order in which requests ended, so the times of a block bound the ids that can be meant.
  const sinceId = 'e.id >= (SELECT min(+first_id) FROM block_index WHERE newest_at >= :since)'
  const untilId = 'e.id <= (SELECT max(+last_id) FROM block_index WHERE oldest_at <= :until)'
  add(`e.at >= :since${ofPins ? '' : ` AND ${sinceId}`}`, 'since', where.since)
  add(`e.at <= :until${ofPins ? '' : ` AND ${untilId}`}`, 'until', where.until)
  if (where.status !== undefined) conditions.push(statusCondition(where.status, parameters))
  if (where.terms !== undefined) conditions.push(...compileTerms(where.terms, parameters))
  if (where.ids !== undefined) {
    conditions.push('e.id IN (SELECT value FROM json_each(:ids))')
    parameters['ids'] = JSON.stringify(where.ids)
  }

  let source = ofPins ? 'pinned e' : 'exchanges e'
  const direction = range.order === 'newest first' ? 'DESC' : 'ASC'
  let order = `e.id ${direction}`
  if (where.resource !== undefined) {
    // CROSS JOIN keeps the order of the tables: first the blocks that may hold the resource, then their rows.
    source = 'block_index b CROSS JOIN exchanges e'
    order = `b.first_id ${direction}, e.id ${direction}`
    conditions.push('e.id BETWEEN b.first_id AND b.last_id')
    add('instr(b.keys, :needle) > 0', 'needle', keyNeedle(where.resource))
    add('+e.resource_id = :resource', 'resource', where.resource)
    add('b.first_id < :before', 'before', range.before)
    add('b.last_id > :after', 'after', range.after)
  }
  const condition = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
  return { sql: `${source} ${condition} ORDER BY ${order} LIMIT :limit`, parameters }
}

/** The rows of one page. `text` is not looked at here: it may stand in a compressed block. */
export function selectExchanges(
  connection: Connection,
  where: JournalWhere,
  range: ExchangeRange,
): readonly ExchangeRow[] {
  const { sql, parameters } = rowsOf(where, range)
  return exchangeRows.parse(connection.prepare(`SELECT ${exchangeColumns} FROM ${sql}`).all(parameters))
}

/** How many of a range match, counted no further than its limit. Texts are not looked at. */
export function countExchanges(connection: Connection, where: JournalWhere, range: ExchangeRange): number {
  const { sql, parameters } = rowsOf(where, range)
  return Number(connection.prepare(`SELECT count(*) FROM (SELECT 1 FROM ${sql})`).pluck().get(parameters))
}

/** What a list of exchanges can be sorted by. */
export type ExchangeOrder = 'time' | 'method' | 'what' | 'who' | 'status' | 'took' | 'size'

const orderColumns: { readonly [order in ExchangeOrder]: string } = {
  time: 'e.at',
  method: 'e.method',
  what: 'e.classification',
  who: "ifnull(e.idp, '')",
  status: 'e.status',
  took: 'e.duration_micros',
  size: 'e.response_bytes',
}

/** A match with the value that it is sorted by. */
export interface Sortable {
  readonly id: number
  readonly value: string | number
}

const sortables = z.array(z.object({ id: z.number(), value: z.union([z.string(), z.number()]) }))

/** The matches of a range, as far as they are needed to put them into an order. Texts are not looked at. */
export function selectSortables(
  connection: Connection,
  where: JournalWhere,
  order: ExchangeOrder,
  range: ExchangeRange,
): readonly Sortable[] {
  const { sql, parameters } = rowsOf(where, range)
  return sortables.parse(connection.prepare(`SELECT e.id, ${orderColumns[order]} AS value FROM ${sql}`).all(parameters))
}

/** The resources that exchanges with these ids were about, both ends included. */
export function resourcesOfExchanges(connection: Connection, from: number, upTo: number): readonly string[] {
  const select = 'SELECT DISTINCT resource_id FROM exchanges WHERE id BETWEEN ? AND ? AND resource_id IS NOT NULL'
  return connection.prepare<[number, number], string>(select).pluck().all(from, upTo)
}

/** One exchange by its id, or by the `X-Request-Id` of its answer. */
export function selectExchange(connection: Connection, id: number | string): ExchangeRow | undefined {
  const rows =
    typeof id === 'number'
      ? connection.prepare(`SELECT ${exchangeColumns} FROM exchanges e WHERE e.id = ?`).all(id)
      : connection
          .prepare(
            `SELECT ${exchangeColumns} FROM block_index b CROSS JOIN exchanges e
             WHERE instr(b.keys, ?) > 0 AND e.id BETWEEN b.first_id AND b.last_id AND e.request_id = ?
             ORDER BY b.first_id DESC, e.id DESC LIMIT 1`,
          )
          .all(keyNeedle(id), id)
  return exchangeRows.parse(rows)[0]
}

/** The oldest id that is still there; undefined in an empty journal. */
function oldestExchangeId(connection: Connection): number | undefined {
  return Number(connection.prepare('SELECT min(first_id) FROM block_index').pluck().get() ?? 0) || undefined
}

/** Whether matches are found by walking through the ids: all but those of a resource, which blocks lead to, and pins, which are few. */
export function isIdOrdered(where: JournalWhere): boolean {
  return where.resource === undefined && !isOfPins(where)
}

/** Between which ids matches can be, both included; `low` is above `high` where there are none. */
export function idBounds(connection: Connection, where: JournalWhere): { readonly low: number; readonly high: number } {
  if (isOfPins(where)) return { low: 1, high: Number.MAX_SAFE_INTEGER }
  const { since, until } = where
  const low =
    since === undefined
      ? oldestExchangeId(connection)
      : connection.prepare('SELECT min(+first_id) FROM block_index WHERE newest_at >= ?').pluck().get(since)
  const high =
    until === undefined
      ? newestExchangeId(connection)
      : connection.prepare('SELECT max(+last_id) FROM block_index WHERE oldest_at <= ?').pluck().get(until)
  return { low: Number(low ?? 1), high: Number(high ?? 0) }
}

/** The newest id up to this one that may still be there: what strangers sent may have gone from between others. 0 where there is none. */
export function heldUpTo(connection: Connection, id: number): number {
  const select = 'SELECT min(last_id, :id) FROM block_index WHERE first_id <= :id ORDER BY first_id DESC LIMIT 1'
  return Number(connection.prepare(select).pluck().get({ id }) ?? 0)
}

/** The same for the oldest id from this one on; undefined where there is none. */
export function heldFrom(connection: Connection, id: number): number | undefined {
  const upTo = heldUpTo(connection, id)
  if (upTo === id) return id
  const select = 'SELECT min(first_id) FROM block_index WHERE first_id > ?'
  return Number(connection.prepare(select).pluck().get(id) ?? 0) || undefined
}

/** How many exchanges there are. */
export function heldExchanges(connection: Connection): number {
  const select = `SELECT ifnull(held, last_id + 1 - ifnull((SELECT min(first_id) FROM block_index), last_id + 1)) FROM progress`
  return Number(connection.prepare(select).pluck().get())
}

/** How many of them are older than this id. */
export function heldBefore(connection: Connection, id: number): number {
  // The plus sign makes SQLite count in an index, which is a small part of the table.
  return Number(connection.prepare('SELECT count(*) FROM exchanges WHERE +id < ?').pluck().get(id))
}

/** When the oldest of them arrived, in ms since the epoch; undefined in an empty journal. */
export function oldestMoment(connection: Connection): number | undefined {
  return connection.prepare<[], number>('SELECT at FROM exchanges ORDER BY id LIMIT 1').pluck().get()
}

/** How many requests of strangers have gone before their time, so that those of integrations stay. */
export function droppedOfStrangers(connection: Connection): number {
  return Number(connection.prepare('SELECT strangers_dropped FROM progress').pluck().get())
}

/** The newest id given out; 0 in an empty journal. */
export function newestExchangeId(connection: Connection): number {
  return Number(connection.prepare('SELECT last_id FROM progress').pluck().get())
}
