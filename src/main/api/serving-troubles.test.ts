import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { canMount, mountSmallDisk } from '../store/file/small-disk.fixture.ts'
import { startApi } from './api.fixture.ts'

const full = expect.stringMatching(/^The disk that holds [^\n]* is full\. /)

test.skipIf(!canMount())(
  'a full disk needs attention, until changes are stored and requests recorded again',
  async () => {
    const disk = mountSmallDisk(16 * 1024)
    if (!disk) throw new Error('it could be mounted before')
    onTestFinished(() => disk.release())
    const { api, scim, later } = await startApi({ dataDir: disk.path })
    const status = async () => (await api.provisioning.list())[0]
    const attention = async () => (await api.overview.get()).attention
    const ballast = join(disk.path, 'ballast')
    writeFileSync(ballast, Buffer.alloc(8 * 1024 * 1024))
    const add = async (name: string) =>
      (await scim.post('/Users', { userName: name, title: 'x'.repeat(200_000) })).status
    expect((await attention()).map(({ kind }) => kind)).not.toContain('not-stored')
    expect(await add('before')).toBe(201)
    await expect.poll(async () => (await status())?.state).toBe('healthy')
    for (let n = 0; (await add(`full-${n}`)) !== 503; n += 1) expect(n).toBeLessThan(200)
    expect(await status()).toMatchObject({
      state: 'degraded',
      sentence: expect.stringMatching(/^(Changes cannot be stored|Requests are not being recorded) at present/),
    })
    expect(await attention()).toContainEqual({ kind: 'not-stored', at: expect.any(Number), problem: full })
    // What is left of the disk goes as well, so that the log cannot have it.
    const filler = join(disk.path, 'filler')
    expect(() => writeFileSync(filler, Buffer.alloc(16 * 1024 * 1024))).toThrow('ENOSPC')
    await expect
      .poll(async () => (await add('refused'), await attention()), { timeout: 10_000 })
      .toContainEqual({ kind: 'not-recorded', problem: full })
    expect(await status()).toMatchObject({
      state: 'degraded',
      sentence: expect.stringMatching(/^Requests are not being recorded at present, so what .* does cannot be told\.$/),
    })
    for await (const { items } of await api.system.watch({ subscription: crypto.randomUUID() })) {
      expect(items.at(-1)).toMatchObject({ notStoredAt: expect.any(Number), notRecorded: full })
      break
    }

    rmSync(ballast)
    rmSync(filler)
    later(10_000)
    expect(await add('after')).toBe(201)
    await expect
      .poll(async () => (await attention()).map(({ kind }) => kind), { timeout: 10_000 })
      .not.toContain('not-recorded')
    expect((await attention()).map(({ kind }) => kind)).not.toContain('not-stored')
  },
)
