import { fold } from '../../../scim/text/fold.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { journalFlags } from './journal-record.ts'

/** One condition on an exchange, as a person writes it in the console's filter box. */
export interface ExchangeTerm {
  readonly field:
    | 'status'
    | 'method'
    | 'resource'
    | 'classification'
    | 'path'
    | 'integration'
    | 'idp'
    | 'id'
    | 'from'
    | 'ms'
    | 'is'
  readonly value: string
  /** For `resource`: the ids of the users or groups that the value names. */
  readonly ids?: readonly string[]
  /** For `resource`: which of the two, since a user and a group are no alternatives. */
  readonly noun?: 'user' | 'group'
  readonly isExcluded: boolean
}

export type SqlParameters = Record<string, string | number | Buffer>

function contains(column: string, name: string): string {
  return `instr(lower(${column}), :${name}) > 0`
}

const ascii = /^\p{ASCII}*$/u

/** Whether a name stands in a URL or in what a failed creation called somebody, in any letter case. SQLite knows that of the letters of ASCII alone. */
function namesResource(value: string, name: string, parameters: SqlParameters): string {
  if (!ascii.test(value)) {
    parameters[name] = fold(value)
    return `(instr(readable(e.target), :${name}) > 0 or instr(readable(e.subject), :${name}) > 0)`
  }
  const lower = value.toLowerCase()
  parameters[name] = lower
  // In a URL the name may stand encoded, in a filter for instance.
  parameters[`${name}encoded`] = encodeURIComponent(lower).toLowerCase()
  return `(${contains('e.target', name)} or ${contains('e.target', `${name}encoded`)} or ${contains("ifnull(e.subject, '')", name)})`
}

type Interval = readonly [low: number, high: number]

function between(column: string, [low, high]: Interval, name: string, parameters: SqlParameters): string {
  parameters[`${name}low`] = low
  parameters[`${name}high`] = high
  return `(${column} between :${name}low and :${name}high)`
}

/** `>500`, `<=10` or `100..500` in ms, as whole microseconds with both ends included. */
function microsOf(text: string): Interval {
  const [, first, last] = /^(\d+)\.\.(\d+)$/.exec(text) ?? []
  if (first !== undefined && last !== undefined) return [Number(first) * 1000, Number(last) * 1000]
  const [, sign = '', count = ''] = /^([<>]=?)(\d+)$/.exec(text) ?? []
  const micros = Number(count) * 1000
  if (sign.startsWith('>')) return [sign === '>' ? micros + 1 : micros, Number.MAX_SAFE_INTEGER]
  return [0, sign === '<' ? micros - 1 : micros]
}

/** The SQL of one term; its parameters are added under names that begin with `name`. */
function conditionOf(term: ExchangeTerm, name: string, parameters: SqlParameters): string {
  const lower = term.value.toLowerCase()
  switch (term.field) {
    case 'status': {
      const low = /^\dxx$/.test(lower) ? Number(lower[0]) * 100 : Number(lower)
      parameters[`${name}low`] = low
      parameters[`${name}high`] = /^\dxx$/.test(lower) ? low + 99 : low
      // The literal lets SQLite see that the partial index of failures holds all that is asked for.
      return `(e.status between :${name}low and :${name}high${low >= 400 && !term.isExcluded ? ' and e.status >= 400' : ''})`
    }
    case 'method':
      parameters[name] = term.value.toUpperCase()
      return `e.method = :${name}`
    case 'resource':
      parameters[`${name}ids`] = JSON.stringify(term.ids ?? [])
      return `(ifnull(e.resource_id, '') in (select value from json_each(:${name}ids)) or ${namesResource(term.value, name, parameters)})`
    case 'classification':
      parameters[name] = lower
      return contains('e.classification', name)
    case 'path':
      parameters[name] = lower
      return contains('e.target', name)
    case 'integration':
      parameters[name] = lower
      // A request that was not let in has no integration, or that of its token; its URL says which one it was meant for.
      parameters[`${name}path`] = `/scim/${lower}/`
      return `(ifnull(e.integration_slug, '') = :${name} or ((e.integration_slug is null or e.status = 401) and instr(e.target, :${name}path) = 1))`
    case 'idp':
      parameters[name] = lower
      return `ifnull(e.idp, '') = :${name}`
    case 'id': {
      const [, first, last] = /^(\d{1,15})\.\.(\d{1,15})$/.exec(term.value) ?? []
      if (first !== undefined && last !== undefined)
        return between('e.id', [Number(first), Number(last)], name, parameters)
      parameters[name] = term.value
      return `(e.request_id = :${name} or cast(e.id as text) = :${name})`
    }
    case 'from':
      parameters[name] = lower
      return contains('e.remote_address', name)
    case 'ms':
      return between('e.duration_micros', microsOf(term.value), name, parameters)
    case 'is':
      if (lower === 'pinned') return 'e.id in (select id from pinned)'
      // The same words as in the partial index of failures, so that SQLite sees that it holds all that is asked for.
      if (lower === 'failed') return '((e.status >= 400 OR e.status = 0) AND e.lost IS NULL)'
      return `(e.flags & ${journalFlags.redacted}) <> 0`
    default:
      return unreachable(term.field)
  }
}

/** The conditions of all terms: alternatives where a field is named more than once, all others together. */
export function compileTerms(terms: readonly ExchangeTerm[], parameters: SqlParameters): readonly string[] {
  const conditions: string[] = []
  const alternatives = new Map<string, string[]>()
  for (const [n, term] of terms.entries()) {
    const sql = conditionOf(term, `term${n}`, parameters)
    if (term.isExcluded) conditions.push(`not ${sql}`)
    else {
      const key = term.noun ?? term.field
      alternatives.set(key, [...(alternatives.get(key) ?? []), sql])
    }
  }
  for (const each of alternatives.values())
    conditions.push(each.length === 1 ? each.join('') : `(${each.join(' or ')})`)
  return conditions
}
