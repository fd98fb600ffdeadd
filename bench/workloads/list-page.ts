import { listOf, memberOf, parseBody } from '../load/answer-body.ts'
import type { Answer } from '../load/connection.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { getRequest } from '../load/scim-request.ts'
import type { Recorder, Workload } from '../load/window.ts'

export const PAGE = 100
const CHECK_EVERY = 10
const KEY_SEED = 6

/** W6 by index: pages of 100, each starting somewhere from `startIndex` up to `lastStart`, so that no answer is asked for twice in a row. */
export function listByIndex(
  name: string,
  range: { readonly startIndex: number; readonly lastStart: number },
  directorySize: number,
): Workload {
  const pick = createKeyPicker(KEY_SEED)
  const pages = 1 + Math.floor((range.lastStart - range.startIndex) / PAGE)
  return {
    name: `W6 ${name}`,
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const startIndex = range.startIndex + PAGE * pick(pages)
          const request = getRequest(target, `/Users?startIndex=${startIndex}&count=${PAGE}`)
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200) return recorder.wrong(`the list answered ${answer.status}`)
          if (turn % CHECK_EVERY !== 0) return
          const list = checkPage(answer, recorder)
          if (memberOf(list, 'startIndex') !== startIndex) recorder.wrong('the list has another startIndex')
          if (!(Number(memberOf(list, 'totalResults')) >= directorySize))
            recorder.wrong('the list counts too few users')
        },
        async finish() {},
      }
    },
  }
}

/** W6 by cursor (RFC 9865): follows nextCursor from a deep page on, on one connection. */
export function listByCursor(deepCursor: string): Workload {
  return {
    name: 'W6 deep page by cursor',
    async begin(target) {
      let cursor = deepCursor
      return {
        async operate(connection, recorder) {
          const request = getRequest(target, cursorPath(cursor, PAGE))
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200) return recorder.wrong(`the list by cursor answered ${answer.status}`)
          const next = memberOf(checkPage(answer, recorder), 'nextCursor')
          cursor = typeof next === 'string' ? next : deepCursor
        },
        async finish() {},
      }
    },
  }
}

export function cursorPath(cursor: string, count: number): string {
  return `/Users?cursor=${encodeURIComponent(cursor)}&count=${count}`
}

function checkPage(answer: Answer, recorder: Recorder): unknown {
  const list = parseBody(answer)
  const { length } = listOf(list, 'Resources')
  if (length !== PAGE) recorder.wrong(`a page holds ${length} users instead of ${PAGE}`)
  return list
}
