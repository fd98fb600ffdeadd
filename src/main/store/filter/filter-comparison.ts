import type { Attribute } from '../../../scim/model/attribute.ts'
import { parseDateTime } from '../../../scim/date-time.ts'
import type { CompareOperator, CompareValue } from '../../../scim/filter/filter.ts'
import { comparisonKey, isCaseExact } from '../../../scim/text/fold.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { never, type SqlFragment } from './sql-fragment.ts'

function isText(attribute: Attribute): boolean {
  return attribute.type === 'string' || attribute.type === 'reference' || attribute.type === 'binary'
}

const sqlOperators = { eq: '=', ne: '<>', gt: '>', ge: '>=', lt: '<', le: '<=' } as const

/**
 * Compares one SQL value expression, which may be null; the result may be null too, which counts as false (RFC 7644 §3.4.2.2).
 * `isFolded` says that it is the folded text already, or the instant in ms.
 */
export function compareExpression(
  expression: string,
  isFolded: boolean,
  attribute: Attribute,
  operator: CompareOperator,
  value: CompareValue,
): SqlFragment {
  if (typeof value === 'boolean') {
    const sql = `${expression} = ${value ? 1 : 0}`
    return operator === 'ne' ? { sql: `${expression} = ${value ? 0 : 1}`, params: [] } : { sql, params: [] }
  }
  if (value === null) return never
  if (attribute.type === 'dateTime') {
    const instant = parseDateTime(String(value), { zone: 'utc' })
    if (instant === undefined || operator === 'co' || operator === 'sw' || operator === 'ew') return never
    return { sql: `${isFolded ? expression : `instant(${expression})`} ${sqlOperators[operator]} ?`, params: [instant] }
  }
  if (!isText(attribute)) {
    if (typeof value !== 'number' || operator === 'co' || operator === 'sw' || operator === 'ew') return never
    // SQLite reads the digits that JSON has for 2^60 as an integer, and that is not the double; so it reads those of the filter too.
    return { sql: `${expression} ${sqlOperators[operator]} (? ->> '$')`, params: [JSON.stringify(value)] }
  }
  const text = comparisonKey(attribute, String(value))
  const operand = isCaseExact(attribute) || isFolded ? expression : `fold(${expression})`
  switch (operator) {
    case 'co':
      return text === ''
        ? { sql: `${operand} is not null`, params: [] }
        : { sql: `instr(${operand}, ?) > 0`, params: [text] }
    case 'sw':
      return { sql: `substr(${operand}, 1, length(?)) = ?`, params: [text, text] }
    case 'ew':
      return text === ''
        ? { sql: `${operand} is not null`, params: [] }
        : {
            sql: `(length(${operand}) >= length(?) and substr(${operand}, -length(?)) = ?)`,
            params: [text, text, text],
          }
    case 'eq':
    case 'ne':
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return { sql: `${operand} ${sqlOperators[operator]} ?`, params: [text] }
    default:
      return unreachable(operator)
  }
}
