import { listOf, memberOf, parseBody } from '../load/answer-body.ts'
import { seededUserName, userNameOf } from '../load/entra-user.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { lookupRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'

const CHECK_EVERY = 20
const KEY_SEED = 2

/** Prefix of names that nobody has: the bare HTTP peer knows by it that an empty list is due. */
export const ABSENT_PREFIX = 'absent'

/** W2: the lookup by which an IdP matches a person, with a name that is there or one that is not. */
export function lookUpUser(outcome: 'hit' | 'miss', directorySize: number): Workload {
  const pick = createKeyPicker(KEY_SEED)
  const expected = outcome === 'hit' ? 1 : 0
  return {
    name: `W2 lookup, ${outcome}`,
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const number = 1 + pick(directorySize)
          const name = outcome === 'hit' ? seededUserName(number) : userNameOf(ABSENT_PREFIX, number)
          const request = lookupRequest(target, name)
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200) return recorder.wrong(`the lookup answered ${answer.status}`)
          if (turn % CHECK_EVERY !== 0 || target.kind === 'stub') return
          const list = parseBody(answer)
          if (memberOf(list, 'totalResults') !== expected) recorder.wrong('the lookup has the wrong totalResults')
          else if (expected === 1 && memberOf(listOf(list, 'Resources')[0], 'userName') !== name)
            recorder.wrong('the lookup found another user')
        },
        async finish() {},
      }
    },
  }
}
