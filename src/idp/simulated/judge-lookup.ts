import { isSameName, member, resourcesOf, textOf } from './answer-content.ts'
import { refusal } from './judge-resource.ts'
import type { TroubleCode } from './trouble.ts'
import type { SeenAnswer, Trouble } from './turn.ts'

/** Trouble with what is not a list answer (RFC 7644 §3.4.2). */
function notAList(answer: SeenAnswer): Trouble | undefined {
  const refused = refusal(answer, 200)
  if (refused) return refused
  return typeof member(answer.body, 'totalResults') === 'number'
    ? undefined
    : { code: 'not-scim', seen: `200 without the number totalResults` }
}

function total(answer: SeenAnswer): number {
  const found = member(answer.body, 'totalResults')
  return typeof found === 'number' ? found : 0
}

/** A look-up of what nobody is called: it has to be answered with an empty list. */
export function findsNobody(attribute: 'userName' | 'displayName', name: string) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = notAList(answer)
    if (wrong) return wrong
    const found = resourcesOf(answer)
    if (found.some((each) => isSameName(textOf(each, attribute) ?? '', name)))
      return { code: 'already-there', seen: `there is a ${name} already` }
    if (total(answer) === 0 && found.length === 0) return undefined
    return { code: 'filter-ignored', seen: `totalResults ${total(answer)} for a name that nobody has` }
  }
}

/** A look-up after a create or a change: exactly the one who is meant. */
export function findsExactly(id: string) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = notAList(answer)
    if (wrong) return wrong
    const found = resourcesOf(answer)
    if (total(answer) === 0 && found.length === 0)
      return { code: 'not-found-after-create', seen: 'an empty list for somebody who is there' }
    const isMeant = found.some((each) => textOf(each, 'id') === id)
    if (total(answer) === 1 && found.length === 1 && isMeant) return undefined
    if (!isMeant && found.length > 0)
      return { code: 'filter-ignored', seen: `${found.length} others, and not the one who is meant` }
    return { code: 'duplicates', seen: `totalResults ${total(answer)} with ${found.length} resources in place of 1` }
  }
}

/** A look-up that asks whether one thing refers to another. */
export function findsReference(isExpected: boolean, code: TroubleCode) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = notAList(answer)
    if (wrong) return wrong
    if (total(answer) > 0 === isExpected) return undefined
    return {
      code,
      seen: isExpected ? 'an empty list where the reference is set' : 'a match where the reference is not set',
    }
  }
}

/** A page of a list: numbers as numbers, the place asked for, no more than asked for, nobody of the page before. */
export function isPageOf(startIndex: number, count: number, before: ReadonlySet<string> = new Set()) {
  return (answer: SeenAnswer): Trouble | undefined => {
    const wrong = notAList(answer)
    if (wrong) return wrong
    const found = resourcesOf(answer)
    if (found.length > count) return { code: 'paging-wrong', seen: `${found.length} resources for count=${count}` }
    const start = member(answer.body, 'startIndex')
    if (start !== undefined && start !== startIndex)
      return { code: 'paging-wrong', seen: `startIndex is ${JSON.stringify(start)} in place of ${startIndex}` }
    const again = found.filter((each) => before.has(textOf(each, 'id') ?? ''))
    return again.length > 0
      ? { code: 'paging-wrong', seen: `${again.length} resources of the page before come again` }
      : undefined
  }
}
