import { memberOf, parseBody } from '../load/answer-body.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { patchRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'

const CHECK_EVERY = 50
const KEY_SEED = 4

/** W4: Entra's PATCH of displayName and active. Every one changes the user, so that none can be answered without a commit. */
export function patchUser(ids: readonly string[]): Workload {
  const pick = createKeyPicker(KEY_SEED)
  let change = 0
  return {
    name: 'W4 patch',
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const displayName = `Renamed ${performance.now().toFixed(0)} ${++change}`
          const active = change % 2 === 0
          const request = patchRequest(target, `/Users/${ids[pick(ids.length)] ?? ''}`, [
            { op: 'Replace', path: 'displayName', value: displayName },
            { op: 'Replace', path: 'active', value: active },
          ])
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200 && answer.status !== 204)
            return recorder.wrong(`PATCH of a user answered ${answer.status}`)
          if (turn % CHECK_EVERY !== 0 || answer.status !== 200) return
          const user = parseBody(answer)
          if (memberOf(user, 'displayName') !== displayName || memberOf(user, 'active') !== active)
            recorder.wrong('PATCH of a user is not in its answer')
        },
        async finish() {},
      }
    },
  }
}
