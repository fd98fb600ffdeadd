import { isJsonObject, type JsonObject } from '../../../scim/json/json.ts'
import { nameOf, objectIn } from '../../journal/classify/subject.ts'
import { nameKey, type SubjectEffect } from './exchange-effects.ts'
import type { Noun } from './exchange-role.ts'
import { marks } from './subject-marks.ts'

function operationsIn(body: string | undefined): readonly JsonObject[] {
  const operations = objectIn(body)?.['Operations']
  return Array.isArray(operations) ? operations.filter(isJsonObject) : []
}

function marksOf(method: string): number {
  switch (method) {
    case 'POST':
      return marks.created
    case 'DELETE':
      return marks.deleted
    default:
      return marks.updated
  }
}

/** What an operation did, by its answer and by what was asked; a creation that failed has no more than a name. */
function effectOfOperation(answered: JsonObject, asked: JsonObject | undefined, n: number): SubjectEffect | undefined {
  const { location, method, response } = answered
  const status = Number(answered['status'])
  if (typeof method !== 'string') return undefined
  const isCreation = method.toUpperCase() === 'POST'
  const hasFailed = status >= 400
  // Somebody who is gone already is what a deletion wants.
  if (status === 404 && method.toUpperCase() === 'DELETE') return undefined
  const place = isCreation && hasFailed ? asked?.['path'] : location
  const [, endpoint, id] = (typeof place === 'string' && /\/(Users|Groups)(?:\/([^/?]+))?\/?$/i.exec(place)) || []
  const noun: Noun = endpoint?.toLowerCase() === 'groups' ? 'group' : 'user'
  const data = asked?.['data']
  const name = isJsonObject(data) ? nameOf(data, noun) : undefined
  return {
    noun,
    key: id ?? (isCreation && name !== undefined ? nameKey(name) : nobodyKnown(n)),
    bits: hasFailed ? marks.failed : marksOf(method.toUpperCase()),
    operation: { name, status, response: isJsonObject(response) ? response : undefined },
  }
}

const unknownStart = 'bulk:'

/** Counted, but the next bulk request has another one at this place. */
function nobodyKnown(n: number): string {
  return `${unknownStart}${n}`
}

/** Whether it is known about whom an operation was. */
export function isAboutSomebody({ key }: SubjectEffect): boolean {
  return !key.startsWith(unknownStart)
}

/** The keys under which somebody may have failed who is well now. */
export function keysOfSuccess({ key, bits, operation }: SubjectEffect): readonly string[] {
  const name = (bits & marks.created) === 0 ? undefined : operation?.name
  return name === undefined ? [key] : [key, nameKey(name)]
}

/** What a bulk request did, by its answer; what the rules made of a PATCH in it is not told. */
export function effectsOfBulk(
  requestBody: string | undefined,
  responseBody: string | undefined,
): readonly SubjectEffect[] {
  const asked = operationsIn(requestBody)
  const askedFor = ({ bulkId }: JsonObject, n: number) =>
    asked[n]?.['bulkId'] === bulkId ? asked[n] : asked.find((each) => each['bulkId'] === bulkId)
  return operationsIn(responseBody)
    .map((each, n) => effectOfOperation(each, askedFor(each, n), n))
    .filter((each) => each !== undefined)
}
