import { hasElements, type AttributePath } from '../path/attribute-path.ts'
import type { Attribute } from '../model/attribute.ts'
import { departFrom } from '../normalize/departure.ts'
import { invalidFilter } from '../error.ts'
import { shown, type Notes } from '../note.ts'
import { isAttributeName, resolveAttributePath, unknownPath, type UnknownPath } from '../path/parse-attribute-path.ts'
import { quoted } from '../text/quoted.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { comparison, type ComparisonContext } from './comparison.ts'
import type { CompareOperator, Filter } from './filter.ts'
import { Lexer, type Literal } from './lexer.ts'

export interface FilterLimits {
  /** How deep parentheses and brackets may nest. */
  readonly maxDepth: number
  /** In UTF-16 code units. */
  readonly maxLength: number
  readonly maxComparisons: number
}

export const defaultFilterLimits: FilterLimits = { maxDepth: 50, maxLength: 10_000, maxComparisons: 500 }

export interface FilterOptions extends Partial<FilterLimits> {
  /** `noMatch` gives an unknown attribute no value instead of failing: for searches across resource types (RFC 7644 §3.4.2.1). */
  readonly unknownAttribute?: 'error' | 'noMatch'
  /** Where accepted departures from the RFC are noted; a strict one refuses them. */
  readonly notes?: Notes
}

const operators: ReadonlyMap<string, CompareOperator> = new Map(
  (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const).map((each) => [each, each]),
)

/** What shows that a filter goes on behind a value: a bracket, a quote, or a word of the grammar. */
const filterSigns = /["()[\]]|\s(?:and|or|not|pr|eq|ne|co|sw|ew|gt|ge|lt|le)(?:\s|$)/i

/** A filter has blanks, save in what stands for them: some clients, and proxies on the way, encode what is encoded already. */
function isEncodedTwice(text: string): boolean {
  return /^[\w$:.-]+(?:%20|\+)(?:eq|co|sw|ew|ne|pr)(?:%20|\+|$)/i.test(text)
}

/**
 * Parses a filter (RFC 7644 §3.4.2.2) and resolves its paths against the model.
 * Throws a ScimError 400 `invalidFilter` that says where the text went wrong and what was expected, or which limit it broke.
 */
export function parseFilter(model: ResourceModel, text: string, options: FilterOptions = {}): Filter {
  if (text.trim() === '') throw invalidFilter('The filter is empty.')
  if (isEncodedTwice(text))
    throw invalidFilter('The filter is still percent-encoded when it has been decoded: it must be encoded once only.')
  const parser = new FilterParser(model, text, options)
  const filter = parser.parseExpression(undefined)
  if (!parser.lexer.atEnd()) throw parser.lexer.expected('"and", "or" or the end of the filter')
  return filter
}

/** A value filter as a part of a longer text: the lexer stands behind its `[`, and stands behind its `]` afterwards. */
export interface ValueFilter {
  readonly filter: Filter
  /** Says which name no schema knows; undefined when all are known. */
  readonly unknown: string | undefined
}

/** Parses the inside of `attribute[…]` in a PATCH path. Unknown names are tolerated and reported. Throws `invalidFilter` (RFC 7644 §3.12). */
export function parseValueFilter(
  model: ResourceModel,
  text: string,
  start: number,
  attribute: Attribute | undefined,
  notes?: Notes,
): ValueFilter & { readonly end: number } {
  const parser = new FilterParser(model, text, { unknownAttribute: 'noMatch', notes })
  parser.lexer.position = start
  const filter = parser.parseNested({ attribute }, ']')
  return { filter, unknown: parser.unknown, end: parser.lexer.position }
}

/** The attribute whose elements a value filter is about; undefined when it is unknown. */
interface Scope {
  readonly attribute: Attribute | undefined
}

class FilterParser implements ComparisonContext {
  readonly model: ResourceModel
  readonly notes: Notes | undefined
  readonly fail = invalidFilter
  readonly lexer: Lexer
  readonly #tolerant: boolean
  readonly #limits: FilterLimits
  #depth = 0
  #comparisons = 0
  /** The first name that was tolerated although nothing is known about it. */
  unknown: string | undefined

  constructor(model: ResourceModel, text: string, options: FilterOptions) {
    this.model = model
    this.notes = options.notes
    this.#tolerant = options.unknownAttribute === 'noMatch'
    this.#limits = {
      maxDepth: options.maxDepth ?? defaultFilterLimits.maxDepth,
      maxLength: options.maxLength ?? defaultFilterLimits.maxLength,
      maxComparisons: options.maxComparisons ?? defaultFilterLimits.maxComparisons,
    }
    if (text.length > this.#limits.maxLength) {
      this.#tellLimit(`${this.#limits.maxLength} characters`, `${text.length}`)
      throw invalidFilter(
        `The filter is ${text.length} characters long; the limit is ${this.#limits.maxLength} characters.`,
      )
    }
    this.lexer = new Lexer(text, invalidFilter)
  }

  #tellLimit(most: string, seen?: string): void {
    this.notes?.add({
      step: 'parse',
      code: 'limit-exceeded',
      path: 'filter',
      expected: most,
      ...(seen !== undefined && { seen }),
    })
  }

  /** A whole expression: `or` binds weaker than `and`. Stops, spaces skipped, before what it cannot be continued with. */
  parseExpression(scope: Scope | undefined): Filter {
    const first = this.#conjunction(scope)
    if (!this.#takeKeyword('or')) return first
    const operands: Filter[] = []
    append(operands, 'or', first)
    do append(operands, 'or', this.#conjunction(scope))
    while (this.#takeKeyword('or'))
    return { kind: 'or', operands }
  }

  #conjunction(scope: Scope | undefined): Filter {
    const first = this.#term(scope)
    if (!this.#takeKeyword('and')) return first
    const operands: Filter[] = []
    append(operands, 'and', first)
    do append(operands, 'and', this.#term(scope))
    while (this.#takeKeyword('and'))
    return { kind: 'and', operands }
  }

  #term(scope: Scope | undefined): Filter {
    this.lexer.skipSpace()
    if (this.lexer.take('(')) return this.parseNested(scope, ')')
    const start = this.lexer.position
    const word = this.lexer.word()
    if (word.toLowerCase() === 'not') {
      this.lexer.skipSpace()
      if (!this.lexer.take('(')) throw this.lexer.expected('"(" after not')
      return { kind: 'not', operand: this.parseNested(scope, ')') }
    }
    if (word === '') throw this.lexer.expected('an attribute, "not" or "("', start)
    const path = this.#path(scope, word)
    return this.lexer.take('[') ? this.#valuePath(path, scope) : this.#test(path)
  }

  /** An expression whose opening bracket has been read, and its closing bracket. */
  parseNested(scope: Scope | undefined, close: ')' | ']'): Filter {
    this.#depth++
    if (this.#depth > this.#limits.maxDepth) {
      this.#tellLimit(`${this.#limits.maxDepth} levels`)
      throw invalidFilter(`The filter nests deeper than the limit of ${this.#limits.maxDepth} levels.`)
    }
    const filter = this.parseExpression(scope)
    if (!this.lexer.take(close)) throw this.lexer.expected(`"and", "or" or "${close}"`)
    this.#depth--
    return filter
  }

  /** Reads the operator and the value that follow a path. */
  #test(path: AttributePath): Filter {
    this.#comparisons++
    if (this.#comparisons > this.#limits.maxComparisons) {
      this.#tellLimit(`${this.#limits.maxComparisons} comparisons`)
      throw invalidFilter(`The filter has more comparisons than the limit of ${this.#limits.maxComparisons}.`)
    }
    this.lexer.skipSpace()
    const start = this.lexer.position
    const word = this.lexer.word().toLowerCase()
    if (word === 'pr') return { kind: 'present', path }
    const operator = operators.get(word)
    if (operator === undefined) {
      throw this.lexer.expected('one of the operators eq, ne, co, sw, ew, gt, ge, lt, le and pr', start)
    }
    this.lexer.skipSpace()
    const literal = this.lexer.literal()
    return comparison(this, path, operator, this.#depth === 0 ? this.#withRest(literal, operator) : literal)
  }

  /**
   * WSO2 Identity Server asks `displayName Eq Sales Team` (`GROUP_FILTER` in its identity-client-scim2): what follows a bare value up to the end
   * is part of it, unless it has anything of a filter in it. Entra ID does not escape the quotes in a text (`Filter.Serialize` in Microsoft's
   * SCIMReferenceCode): where nothing but one comparison for equality can be meant, what follows up to the last of them is part of it too.
   */
  #withRest(literal: Literal, operator: CompareOperator): Literal {
    const { text, position } = this.lexer
    if (position === text.length) return literal
    if (literal.quoted) {
      const isAll = operator === 'eq' && this.#comparisons === 1
      return (isAll ? this.lexer.literalWithQuotes(literal) : undefined) ?? literal
    }
    return filterSigns.test(text.slice(position)) ? literal : this.lexer.literalToTheEnd(literal)
  }

  #valuePath(path: AttributePath, scope: Scope | undefined): Filter {
    if (scope !== undefined) throw this.lexer.expected('an operator, since a value filter cannot stand in another,')
    if (path.attribute && !hasElements(path)) {
      throw invalidFilter(`${quoted(path.text)} has no sub-attributes that a value filter could be about.`)
    }
    const element: Scope = { attribute: path.attribute }
    const filter = this.parseNested(element, ']')
    const name = this.lexer.take('.') ? this.lexer.word() : this.#operatorIsNext() ? 'value' : undefined
    if (name === undefined) return { kind: 'valuePath', path, filter }
    return { kind: 'valuePath', path, filter: this.#withSubAttributeTest(path, filter, element, name) }
  }

  #operatorIsNext(): boolean {
    const start = this.lexer.position
    this.lexer.skipSpace()
    const isOperator = operators.has(this.lexer.word().toLowerCase())
    this.lexer.position = start
    return isOperator
  }

  /**
   * Entra asks `emails[type eq "work"].value eq "x"`, which the grammar of filters does not have; Microsoft's documentation has long had
   * `emails[type eq "work"] eq "x"` for it.
   */
  #withSubAttributeTest(path: AttributePath, filter: Filter, element: Scope, name: string): Filter {
    const test = this.#test(this.#path(element, name))
    const note = { step: 'parse', code: 'sub-attribute-after-value-filter', path: shown(path.text) } as const
    departFrom(this.notes, this.fail, note)
    const operands: Filter[] = []
    append(operands, 'and', filter)
    append(operands, 'and', test)
    return { kind: 'and', operands }
  }

  #path(scope: Scope | undefined, word: string): AttributePath {
    const path =
      scope === undefined
        ? resolveAttributePath(this.model, word, invalidFilter, this.notes)
        : this.#subPath(scope, word)
    if ('reason' in path) {
      if (!this.#tolerant) {
        this.notes?.add({ step: 'parse', code: 'filter-attribute-unknown', path: shown(word), seen: this.model.name })
        throw invalidFilter(path.reason)
      }
      this.unknown ??= path.reason
      return unknownPath(word)
    }
    if (isSecret(path.attribute) || isSecret(path.sub)) {
      throw invalidFilter(`${quoted(word)} is never returned and cannot be searched for.`)
    }
    return path
  }

  #subPath(scope: Scope, word: string): AttributePath | UnknownPath {
    if (!isAttributeName(word)) throw invalidFilter(`${quoted(word)} is not a sub-attribute such as type or value.`)
    const attribute = scope.attribute && this.model.elementAttribute(scope.attribute, word)
    if (attribute) return { text: word, schema: undefined, extensionUrn: undefined, attribute, sub: undefined }
    const holder = scope.attribute ? `The attribute ${scope.attribute.name}` : 'An unknown attribute'
    return { text: word, reason: `${holder} has no sub-attribute ${quoted(word)}.` }
  }

  /** Reads the keyword if it comes next, in any letter case. */
  #takeKeyword(keyword: 'and' | 'or'): boolean {
    this.lexer.skipSpace()
    const start = this.lexer.position
    if (this.lexer.word().toLowerCase() === keyword) return true
    this.lexer.position = start
    return false
  }
}

/** Adds an operand to a chain of the same kind, dissolving a nested chain into it. */
function append(operands: Filter[], kind: 'and' | 'or', operand: Filter): void {
  if (operand.kind === kind) operands.push(...operand.operands)
  else operands.push(operand)
}

/** A filter on a value that is never shown would reveal it letter by letter. */
function isSecret(attribute: Attribute | undefined): boolean {
  return attribute !== undefined && (attribute.returned === 'never' || attribute.mutability === 'writeOnly')
}
