import { memberOf, parseBody } from '../load/answer-body.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { getRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'

const CHECK_EVERY = 50
const KEY_SEED = 3

/** W3: GET by id, the ids drawn from the whole directory. */
export function readUser(ids: readonly string[]): Workload {
  const pick = createKeyPicker(KEY_SEED)
  return {
    name: 'W3 read',
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const id = ids[pick(ids.length)] ?? ''
          const request = getRequest(target, `/Users/${id}`)
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200) return recorder.wrong(`GET by id answered ${answer.status}`)
          if (turn % CHECK_EVERY === 0 && target.kind === 'scim' && memberOf(parseBody(answer), 'id') !== id)
            recorder.wrong('GET by id returned another user')
        },
        async finish() {},
      }
    },
  }
}
