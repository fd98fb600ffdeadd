/** A piece of SQL with its parameters, in order. */
export interface SqlFragment {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

/** Every row meets it. */
export const always: SqlFragment = { sql: '1', params: [] }

/** No row meets it. */
export const never: SqlFragment = { sql: '0', params: [] }

/** Several conditions as one, in parentheses. */
export function joined(fragments: readonly SqlFragment[], word: 'and' | 'or'): SqlFragment {
  return {
    sql: `(${fragments.map((each) => each.sql).join(` ${word} `)})`,
    params: fragments.flatMap((each) => each.params),
  }
}

/** The opposite of a condition, whose null counts as false. */
export function negated({ sql, params }: SqlFragment): SqlFragment {
  return { sql: `not ifnull(${sql}, 0)`, params }
}
