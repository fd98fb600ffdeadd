import { departFrom } from '../normalize/departure.ts'
import { invalidPath, invalidSyntax, invalidValue, noTarget, type ScimError } from '../error.ts'
import { fieldsOf } from '../model/field.ts'
import { glimpse } from '../text/glimpse.ts'
import { inAnyCase } from '../json/in-any-case.ts'
import { isJsonObject } from '../json/json.ts'
import { boundedNotes } from '../normalize/lenience.ts'
import { shown, type Notes } from '../note.ts'
import type { ResourceModel } from '../model/resource-model.ts'
import { patchOpUrn, scim1CoreUrn } from '../urn.ts'
import { expandPath, expandValue, type Expansion } from './expand.ts'
import type { PatchOperation } from './operation.ts'
import { parseScim1Members } from './scim-1-members.ts'

/**
 * Parses the body of a PATCH request (RFC 7644 §3.5.2) to single changes whose values are coerced, so that nothing is
 * applied before everything has been read. Throws invalidSyntax for a broken envelope, invalidPath or invalidFilter for
 * a broken path, noTarget for a remove without one, invalidValue for a wrong value, mutability for a read-only path.
 */
export function parsePatch(model: ResourceModel, body: unknown, notes: Notes): readonly PatchOperation[] {
  if (!isJsonObject(body)) throw invalidSyntax('The body of a PATCH must be a JSON object with "Operations".')
  const bounded = boundedNotes(notes)
  const expansion: Expansion = { model, fields: fieldsOf(model), notes: bounded, operations: [] }
  const operations = inAnyCase(body, 'Operations')
  if (operations === undefined) {
    if (!parseScim1Members(expansion, body)) throw withoutOperations(inAnyCase(body, 'schemas'), bounded)
    return expansion.operations
  }
  if (!Array.isArray(operations)) throw invalidSyntax('"Operations" must be an array.')
  checkSchemas(inAnyCase(body, 'schemas'), bounded)
  const list: readonly unknown[] = operations
  if (list.length === 0) bounded.add({ step: 'parse', code: 'no-operations' })
  for (const [index, operation] of list.entries()) parseOperation(expansion, operation, index)
  return expansion.operations
}

function withoutOperations(schemas: unknown, notes: Notes): ScimError {
  if (!Array.isArray(schemas) || !schemas.includes(scim1CoreUrn))
    return invalidSyntax('The body of a PATCH must have "Operations".')
  notes.add({ step: 'parse', code: 'scim-1' })
  return invalidSyntax('The body of a PATCH must have "Operations"; this is the form of SCIM 1.1.')
}

function checkSchemas(schemas: unknown, notes: Notes): void {
  if (Array.isArray(schemas) && schemas.includes(patchOpUrn)) return
  const seen = Array.isArray(schemas) ? glimpse(schemas[0] ?? null) : glimpse(schemas ?? null)
  departFrom(notes, invalidSyntax, { step: 'parse', code: 'patch-schema-missing', path: 'schemas', seen })
}

function parseOperation(expansion: Expansion, operation: unknown, index: number): void {
  if (!isJsonObject(operation)) throw invalidSyntax(`Operation ${index + 1} must be an object.`)
  const op = opOf(inAnyCase(operation, 'op'), index, expansion.notes)
  const path = inAnyCase(operation, 'path') ?? ''
  const value = inAnyCase(operation, 'value')
  if (typeof path !== 'string') throw invalidPath(`The path of operation ${index + 1} must be text.`)
  if (op !== 'remove' && value === undefined) throw invalidValue(`Operation ${index + 1} (${op}) needs a "value".`)
  if (path !== '') return expandPath(expansion, op, path, value, index)
  if (op === 'remove') throw noTarget(`Operation ${index + 1} (remove) needs a "path".`)
  expandValue(expansion, op, value, index)
}

/** Entra writes `Add`, `Replace` and `Remove`. */
function opOf(op: unknown, index: number, notes: Notes): PatchOperation['op'] {
  const text = typeof op === 'string' && op.length <= 'replace'.length ? op.toLowerCase() : undefined
  if (text === 'add' || text === 'replace' || text === 'remove') {
    if (text !== op) departFrom(notes, invalidSyntax, { step: 'parse', code: 'op-case', seen: shown(op), taken: text })
    return text
  }
  const problem = op === undefined ? 'needs an "op"' : `has an unknown "op" (${glimpse(op)})`
  throw invalidSyntax(`Operation ${index + 1} ${problem}: add, replace or remove.`)
}
