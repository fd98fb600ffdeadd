import { isDeepStrictEqual } from 'node:util'
import { isJsonObject, type JsonValue } from '../../src/scim/json/json.ts'
import type { Check } from './transcript.ts'

type Found = JsonValue | undefined

const isNone = (found: Found) => found === undefined || found === null

const typeOf = (found: Found) => (Array.isArray(found) ? 'array' : typeof found)

/** Whether `found` has at least what `wanted` has. */
function hasAll(found: Found, wanted: JsonValue): boolean {
  if (!isJsonObject(wanted)) return isDeepStrictEqual(found, wanted)
  return isJsonObject(found) && Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(found[key], value))
}

const includes = (found: Found, wanted: JsonValue) =>
  Array.isArray(found) && found.some((each: JsonValue) => hasAll(each, wanted))

function isOfType(found: Found, type: string): boolean {
  return type === 'integer-seconds' ? typeof found === 'string' && /^\d+$/.test(found) : typeOf(found) === type
}

/** The names of those expectations of a check that the found value does not meet. */
export function unmet(check: Check, found: Found): readonly string[] {
  const met: Readonly<Record<string, boolean>> = {
    equals: check.equals === undefined || isDeepStrictEqual(found, check.equals),
    exists: check.exists === undefined || (found !== undefined) === check.exists,
    absent: check.absent === undefined || (found === undefined) === check.absent,
    nullish: check.nullish === undefined || (isNone(found) || found === '') === check.nullish,
    emptyish: check.emptyish === undefined || (isNone(found) || isDeepStrictEqual(found, [])) === check.emptyish,
    length: check.length === undefined || (Array.isArray(found) && found.length === check.length),
    type: check.type === undefined || isOfType(found, check.type),
    includes: check.includes === undefined || includes(found, check.includes),
    notIncludes: check.notIncludes === undefined || !includes(found, check.notIncludes),
    startsWith: check.startsWith === undefined || (typeof found === 'string' && found.startsWith(check.startsWith)),
    oneOf: check.oneOf === undefined || check.oneOf.some((each) => isDeepStrictEqual(found, each)),
  }
  return Object.keys(met).filter((name) => met[name] === false)
}
