import { leafOf, type AttributePath } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { formatDateTime, isDateAlone, parseDateTime } from '../date-time.ts'
import { departFrom } from '../normalize/departure.ts'
import type { ScimError } from '../error.ts'
import { shown, type Notes } from '../note.ts'
import { quoted } from '../text/quoted.ts'
import type { DepartureCode } from '../normalize/refused-departure.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { unreachable } from '../unreachable.ts'
import type { CompareOperator, CompareValue, Filter } from './filter.ts'
import { parseNumber, type Literal } from './lexer.ts'

/** What the meaning of a comparison depends on besides its three parts. */
export interface ComparisonContext {
  readonly model: ResourceModel
  readonly notes: Notes | undefined
  readonly fail: (detail: string) => ScimError
}

type Kind = 'text' | 'boolean' | 'number' | 'dateTime' | 'binary'

/**
 * Gives a comparison its meaning by the type of its attribute (RFC 7644 §3.4.2.2). `eq null` becomes "not present",
 * a bare complex attribute means its `value`, and the value is converted to the attribute's type:
 * a boolean, a finite number, a dateTime in the form of `formatDateTime`, or text.
 */
export function comparison(
  context: ComparisonContext,
  path: AttributePath,
  operator: CompareOperator,
  literal: Literal,
): Filter {
  if (!literal.quoted && literal.text.toLowerCase() === 'null') return nullComparison(context, path, operator)
  const target = comparedPath(context, path)
  const leaf = leafOf(target)
  if (leaf === undefined) return { kind: 'compare', path: target, operator, value: untypedValue(literal) }
  const kind = kindOf(leaf)
  if (!applies(operator, kind)) {
    throw context.fail(
      `The operator ${operator} does not apply to ${quoted(path.text)}, which is of type ${leaf.type}.`,
    )
  }
  const test: Filter = { kind: 'compare', path: target, operator, value: typedValue(context, path, kind, literal) }
  const { text, unescaped } = literal
  // To a strict reader an escape is one.
  if (
    context.notes?.strict ||
    unescaped === undefined ||
    unescaped === text ||
    operator !== 'eq' ||
    leaf.uniqueness !== 'server'
  )
    return test
  // A name with a tab in it is as good as never meant, but it is what `CORP\tom` says by the book.
  return { kind: 'or', operands: [test, { ...test, value: unescaped }] }
}

/** The path of the values that are compared: a bare complex attribute stands for its `value` sub-attribute (RFC 7643 §2.4). */
function comparedPath(context: Pick<ComparisonContext, 'model' | 'fail'>, path: AttributePath): AttributePath {
  const leaf = leafOf(path)
  if (leaf?.type !== 'complex') return path
  const sub = context.model.subAttribute(leaf, 'value')
  if (sub) return { ...path, sub }
  throw context.fail(`${quoted(path.text)} is complex and has no value to compare; name one of its sub-attributes.`)
}

function nullComparison(context: ComparisonContext, path: AttributePath, operator: CompareOperator): Filter {
  const present: Filter = { kind: 'present', path }
  if (operator === 'ne') return present
  if (operator === 'eq') return { kind: 'not', operand: present }
  throw context.fail(`The operator ${operator} cannot compare ${quoted(path.text)} with null; use eq or ne.`)
}

function kindOf(attribute: Attribute): Kind {
  switch (attribute.type) {
    case 'string':
    case 'reference':
    case 'complex':
      return 'text'
    case 'integer':
    case 'decimal':
      return 'number'
    case 'boolean':
    case 'dateTime':
    case 'binary':
      return attribute.type
    default:
      return unreachable(attribute.type)
  }
}

/** Booleans and binary values have no order, and only text has a beginning, an end and a middle. */
function applies(operator: CompareOperator, kind: Kind): boolean {
  switch (operator) {
    case 'eq':
    case 'ne':
      return true
    case 'co':
    case 'sw':
    case 'ew':
      return kind === 'text' || kind === 'binary'
    case 'gt':
    case 'ge':
    case 'lt':
    case 'le':
      return kind !== 'boolean' && kind !== 'binary'
    default:
      return unreachable(operator)
  }
}

function typedValue(context: ComparisonContext, path: AttributePath, kind: Kind, literal: Literal): CompareValue {
  switch (kind) {
    case 'boolean':
      return booleanValue(context, path, literal)
    case 'number':
      return numberValue(context, path, literal)
    case 'dateTime':
      noteHowWritten(context, path, literal)
      return dateTimeValue(context, path, literal)
    case 'text':
    case 'binary':
      noteHowWritten(context, path, literal)
      return literal.text
    default:
      return unreachable(kind)
  }
}

/** Entra writes `roles[primary eq "True"]`. */
function booleanValue(context: ComparisonContext, path: AttributePath, literal: Literal): boolean {
  const lower = literal.text.toLowerCase()
  if (lower !== 'true' && lower !== 'false') throw unsuitable(context, path, literal, 'true or false')
  if (literal.quoted || lower !== literal.text) depart(context, 'boolean-as-text', path, literal, lower)
  return lower === 'true'
}

function numberValue(context: ComparisonContext, path: AttributePath, literal: Literal): number {
  const value = parseNumber(literal.text)
  if (value === undefined) throw unsuitable(context, path, literal, 'a number')
  if (literal.quoted) depart(context, 'number-as-text', path, literal, literal.text)
  return value
}

function dateTimeValue(context: ComparisonContext, path: AttributePath, literal: Literal): string {
  const instant = parseDateTime(literal.text)
  if (instant !== undefined) return formatDateTime(instant)
  const assumed = parseDateTime(literal.text, { zone: 'utc' })
  if (assumed === undefined) throw unsuitable(context, path, literal, 'a date and time such as 2026-01-31T12:00:00Z')
  const taken = formatDateTime(assumed)
  const code = isDateAlone(literal.text) ? 'date-without-time' : 'date-time-without-zone'
  depart(context, code, path, literal, taken)
  return taken
}

/** The attribute is unknown, so the value will be compared with nothing. */
function untypedValue(literal: Literal): CompareValue {
  if (literal.quoted) return literal.text
  if (literal.text === 'true') return true
  if (literal.text === 'false') return false
  return parseNumber(literal.text) ?? literal.text
}

function noteHowWritten(context: ComparisonContext, path: AttributePath, literal: Literal): void {
  if (literal.text === literal.unescaped)
    depart(context, 'unescaped-backslash', path, literal, JSON.stringify(literal.text))
  if (literal.hasRawQuotes) depart(context, 'unescaped-quotes', path, literal, JSON.stringify(literal.text))
  if (!literal.quoted) depart(context, 'unquoted-value', path, literal, JSON.stringify(literal.text))
}

function depart(
  context: ComparisonContext,
  code: DepartureCode,
  path: AttributePath,
  literal: Literal,
  taken: string,
): void {
  if (context.notes === undefined) return
  departFrom(context.notes, context.fail, {
    step: 'parse',
    code,
    path: shown(path.text),
    seen: shown(literal.text),
    taken: shown(taken),
  })
}

function unsuitable(context: ComparisonContext, path: AttributePath, literal: Literal, expected: string): ScimError {
  const where = `at position ${literal.position + 1}`
  return context.fail(`Expected ${expected} for ${quoted(path.text)} ${where}, but found ${quoted(literal.text)}.`)
}
