import { memberOf, parseBody } from '../load/answer-body.ts'
import { createKeyPicker } from '../load/key-picker.ts'
import { lookupRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'

const CHECK_EVERY = 20
const KEY_SEED = 5

/** The two userNames of a person: one before a conversion, one after it. */
export interface TwoNames {
  readonly before: string
  readonly after: string
}

/** The lookup by which an IdP matches a person, while a conversion renames people: by either userName it finds one user or none. */
export function lookUpPerson(people: readonly TwoNames[]): Workload {
  const pick = createKeyPicker(KEY_SEED)
  return {
    name: 'lookup by either userName',
    async begin(target) {
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const person = people[pick(people.length)]
          if (!person) return
          const request = lookupRequest(target, turn % 2 === 0 ? person.before : person.after)
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 200) return recorder.wrong(`the lookup answered ${answer.status}`)
          if (turn % CHECK_EVERY !== 0) return
          const total = memberOf(parseBody(answer), 'totalResults')
          if (total !== 0 && total !== 1) recorder.wrong(`the lookup found ${String(total)} users`)
        },
        async finish() {},
      }
    },
  }
}
