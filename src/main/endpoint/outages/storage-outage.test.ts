import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { startEngine } from '../../running-engine.fixture.ts'
import { canMount, mountSmallDisk } from '../../store/file/small-disk.fixture.ts'
import { createStorageOutage } from './storage-outage.ts'

const ofRequests = (message: string) => /^(?:Changes|request) /.test(message)

test.skipIf(!canMount())('a full disk is told once, and once that it is over (needs the right to mount)', async () => {
  const disk = mountSmallDisk(16 * 1024)
  if (!disk) throw new Error('it could be mounted before')
  onTestFinished(() => disk.release())
  const { scim, troubles, later } = await startEngine({ dataDir: disk.path })
  const ballast = join(disk.path, 'ballast')
  writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024))
  const add = async (name: string) => (await scim.post('/Users', { userName: name, title: 'x'.repeat(200_000) })).status
  let failed = 0
  for (let n = 0; failed < 5 && n < 200; n += 1) if ((await add(`full-${n}`)) === 503) failed += 1
  expect(failed).toBe(5)
  expect(troubles.filter(ofRequests)).toEqual([
    expect.stringMatching(/^Changes are answered with 503: The disk that holds [^\n]* is full\. [^\n]*$/),
  ])
  rmSync(ballast)
  later(10_000)
  expect(await add('after')).toBe(201)
  expect(await add('later')).toBe(201)
  expect(troubles.filter(ofRequests).slice(1)).toEqual(['Changes are stored again.'])
})

test('it is over when a change was stored and none has failed for ten seconds', () => {
  const told: string[] = []
  let now = 0
  const outage = createStorageOutage(
    () => now,
    (message) => void told.push(message),
  )
  outage.answered('')
  expect(told).toEqual([])
  outage.met('Full.')
  now = 9_999
  outage.answered('')
  outage.met('Full.')
  expect(told).toEqual(['Changes are answered with 503: Full. Identity providers try again by themselves.'])
  now += 10_000
  outage.answered('{"step":"change","code":"unchanged","seen":"1"}')
  expect(told).toHaveLength(1)
  outage.answered('{"step":"change","code":"patched","seen":"1"}')
  expect(told.slice(1)).toEqual(['Changes are stored again.'])
  outage.met('Full.')
  expect(told).toHaveLength(3)
})

test('it is over although the clock was put back since', () => {
  const told: string[] = []
  let now = 365 * 86_400_000
  const outage = createStorageOutage(
    () => now,
    (message) => void told.push(message),
  )
  outage.met('Full.')
  now = 0
  outage.answered('{"step":"change","code":"patched","seen":"1"}')
  expect(told.slice(1)).toEqual(['Changes are stored again.'])
  expect(outage.last()).toBeUndefined()
})
