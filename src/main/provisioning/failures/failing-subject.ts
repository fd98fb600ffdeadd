import type { Noun } from '../cycles/exchange-role.ts'
import { nameIn, objectIn, soughtValue } from '../../journal/classify/subject.ts'
import { nameKey, type AnsweredOperation, type SubjectEffect } from '../cycles/exchange-effects.ts'
import { failureKindOf, type FailureKind } from './failure-kind.ts'
import type { TrackedExchange } from '../cycles/tracked-exchange.ts'

/** A user or group whose last request failed. It goes when one about it succeeds. */
export interface FailingSubject {
  readonly noun: Noun
  /** Its id, or `name:` and its name where it could not be created or found. */
  readonly key: string
  /** What the request called it; undefined where it named an id alone. */
  readonly name: string | undefined
  readonly kind: FailureKind
  readonly status: number
  readonly scimType: string | undefined
  /** What was answered, in the answer's own words. */
  readonly answer: string
  readonly firstAt: number
  readonly lastAt: number
  /** In how many activities it failed. */
  readonly attempts: number
  readonly lastActivity: number
  readonly lastExchange: number
}

const longestAnswer = 500

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function answerOf(
  exchange: TrackedExchange,
  operation: AnsweredOperation | undefined,
): { readonly answer: string; readonly scimType: string | undefined } {
  if (exchange.failure === 'ambiguous')
    return { answer: `The lookup found ${exchange.record.matched ?? 'several'}.`, scimType: undefined }
  const body = operation ? operation.response : objectIn(exchange.record.responseBody)
  const status = operation?.status ?? exchange.status
  return {
    answer: (textOf(body?.['detail']) ?? `Status ${status}.`).slice(0, longestAnswer),
    scimType: textOf(body?.['scimType'])?.slice(0, 100),
  }
}

/** Somebody about whom a request has failed, once more or for the first time. */
export function failedAgain(
  before: FailingSubject | undefined,
  exchange: TrackedExchange,
  effect: SubjectEffect,
  activityId: number,
): FailingSubject {
  const { record } = exchange
  const { operation } = effect
  const isSameActivity = before?.lastActivity === activityId
  return {
    noun: effect.noun,
    key: effect.key,
    name:
      operation?.name ??
      nameIn(record.requestBody, effect.noun) ??
      (exchange.role === 'lookup' ? soughtValue(record.target) : undefined) ??
      before?.name,
    kind: exchange.failure ?? (operation ? failureKindOf(operation.status) : 'other'),
    status: operation?.status ?? exchange.status,
    ...answerOf(exchange, operation),
    firstAt: before?.firstAt ?? exchange.at,
    lastAt: exchange.at,
    attempts: (before?.attempts ?? 0) + (isSameActivity ? 0 : 1),
    lastActivity: activityId,
    lastExchange: exchange.id,
  }
}

/** The keys under which somebody may have failed who is well now. */
export function recoveredKeys(exchange: TrackedExchange): readonly string[] {
  const { role, record, noun } = exchange
  if (exchange.failure !== undefined || noun === undefined || exchange.status >= 400) return []
  switch (role) {
    case 'create': {
      const name = nameIn(record.requestBody, noun)
      return name === undefined ? [] : [nameKey(name)]
    }
    case 'lookup': {
      // Whom a lookup finds now needs no creation; with none it is at least no longer ambiguous.
      const sought = record.matched === 1 ? soughtValue(record.target) : undefined
      return sought === undefined ? [] : [nameKey(sought)]
    }
    case 'change':
    case 'membership':
    case 'delete':
      return record.resourceId === undefined ? [] : [record.resourceId]
    default:
      return []
  }
}
