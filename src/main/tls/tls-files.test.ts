import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Refusal } from '../administration/refusal.ts'
import { readTls, stampOf } from './tls-files.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A certificate whose link leads back to itself, as a renewal that went wrong leaves it: not missing, and out of reach. */
function outOfReach() {
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') }
  symlinkSync('cert.pem', paths.cert)
  writeFileSync(paths.key, '')
  return paths
}

it('takes files that are there and cannot be looked at for files that are missing, so that the watch over them goes on', () => {
  expect(stampOf(outOfReach())).toBe('')
})

it('says in a sentence that such files cannot be read', () => {
  const paths = outOfReach()
  expect(() => readTls(paths)).toThrow(Refusal)
  expect(() => readTls(paths)).toThrow(/cert\.pem cannot be read \(ELOOP\)\./)
})
