import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memberOf } from '../load/answer-body.ts'
import type { Credentials } from '../servers/rollcall.ts'

/** A data directory that is kept from run to run. It is never served itself: a run works on copies. */
export interface KeptDirectory {
  readonly dataDirectory: string
  readonly credentials: Credentials
  /** The ids of its people, in the order in which they were made. */
  readonly ids: readonly string[]
}

/** Reads the folder of a kept directory: `data`, `ids.txt` and `seeded.json`; the latter is handed on too, for what else it holds. */
export function readKept(folder: string): { readonly directory: KeptDirectory; readonly seeded: unknown } {
  const seeded: unknown = JSON.parse(readFileSync(join(folder, 'seeded.json'), 'utf8'))
  const credentials = memberOf(seeded, 'credentials')
  return {
    directory: {
      dataDirectory: join(folder, 'data'),
      credentials: {
        basePath: String(memberOf(credentials, 'basePath')),
        token: String(memberOf(credentials, 'token')),
      },
      ids: readFileSync(join(folder, 'ids.txt'), 'utf8').split('\n'),
    },
    seeded,
  }
}
