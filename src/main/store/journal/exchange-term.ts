import { unreachable } from '../../../scim/unreachable.ts'

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
    | 'number'
    | 'from'
  readonly value: string
  /** For `resource`: the ids of the users or groups that the value names. */
  readonly ids?: readonly string[]
  readonly isExcluded: boolean
}

export type SqlParameters = Record<string, string | number | Buffer>

function contains(column: string, name: string): string {
  return `instr(lower(${column}), :${name}) > 0`
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
      // In a URL the name may stand encoded, in a filter for instance.
      parameters[name] = lower
      parameters[`${name}encoded`] = encodeURIComponent(lower).toLowerCase()
      parameters[`${name}ids`] = JSON.stringify(term.ids ?? [])
      return `(ifnull(e.resource_id, '') in (select value from json_each(:${name}ids)) or ${contains('e.target', name)} or ${contains('e.target', `${name}encoded`)})`
    case 'classification':
      parameters[name] = lower
      return contains('e.classification', name)
    case 'path':
      parameters[name] = lower
      return contains('e.target', name)
    case 'integration':
      parameters[name] = lower
      // A request that was not let in has no integration; its URL says which one it was meant for.
      parameters[`${name}path`] = `/scim/${lower}/`
      return `(ifnull(e.integration_slug, '') = :${name} or (e.integration_slug is null and instr(e.target, :${name}path) = 1))`
    case 'idp':
      parameters[name] = lower
      return `ifnull(e.idp, '') = :${name}`
    case 'id':
      parameters[name] = term.value
      return `(e.request_id = :${name} or cast(e.id as text) = :${name})`
    case 'number': {
      const [low = '0', high = low] = lower.split('-')
      parameters[`${name}low`] = Number(low)
      parameters[`${name}high`] = Number(high)
      return `e.id between :${name}low and :${name}high`
    }
    case 'from':
      parameters[name] = lower
      return contains('e.remote_address', name)
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
    else alternatives.set(term.field, [...(alternatives.get(term.field) ?? []), sql])
  }
  for (const each of alternatives.values())
    conditions.push(each.length === 1 ? each.join('') : `(${each.join(' or ')})`)
  return conditions
}
