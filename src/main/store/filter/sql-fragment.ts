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

/** Whether a text begins with another: a range, so that an index finds them. A byte that no UTF-8 has sorts behind all of them. */
export function beginningWith(expression: string, text: string): SqlFragment {
  return { sql: `${expression} >= ? and ${expression} < ? || cast(x'ff' as text)`, params: [text, text] }
}

/** The opposite of a condition, whose null counts as false. */
export function negated({ sql, params }: SqlFragment): SqlFragment {
  return { sql: `not ifnull(${sql}, 0)`, params }
}
