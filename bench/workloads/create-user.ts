import { memberOf, parseBody, resourceId } from '../load/answer-body.ts'
import type { Newcomers } from '../load/newcomers.ts'
import { writtenRequest } from '../load/scim-request.ts'
import type { Workload } from '../load/window.ts'
import { removeResources } from './remove-resources.ts'

const CHECK_EVERY = 50
const LEAST = 1000
/** A window adds at most a fifth of the directory to it. */
const GROWTH = 5

/** W1: POST of a person no directory has seen; every one is deleted again after the window. */
export function createUser(newcomers: Newcomers, directorySize: number): Workload {
  return {
    name: 'W1 create',
    most: Math.max(LEAST, directorySize / GROWTH),
    async begin(target) {
      const created: string[] = []
      return {
        async operate(connection, recorder) {
          const { turn } = recorder
          const person = newcomers.nextWritten()
          const request = writtenRequest(target, 'POST', '/Users', person.text)
          const sentAt = performance.now()
          const answer = await connection.exchange(request)
          recorder.took(performance.now() - sentAt)
          if (answer.status !== 201) return recorder.wrong(`POST answered ${answer.status}`)
          const id = resourceId(answer)
          if (id === undefined) return recorder.wrong('the created user has no id')
          created.push(`/Users/${id}`)
          if (turn % CHECK_EVERY === 0 && memberOf(parseBody(answer), 'userName') !== person.userName)
            recorder.wrong('the created user has another userName')
        },
        finish: (recorder) => removeResources(target, created, recorder),
      }
    },
  }
}
