import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startApi } from './api.fixture.ts'

test('a healthy server has nothing to mend', async () => {
  const { api } = await startApi()
  await api.backups.create()
  const { ok, findings } = await api.diagnosis.doctor()
  expect(ok).toBe(true)
  expect(findings.filter((each) => each.status === 'problem')).toEqual([])
  expect(findings.map((each) => each.check)).toEqual(
    expect.arrayContaining([
      'data directory',
      'disk',
      'database',
      'request log',
      'vault',
      'contents',
      'backups',
      'endpoint',
    ]),
  )
})

test('what is wrong is found: a lost vault, a stopped endpoint, a failed backup, a public URL that leads nowhere', async () => {
  const { api, engine, dataDir, later } = await startApi()
  await api.system.stopEndpoint()
  await api.endpoint.configure({ publicUrl: 'https://scim.nowhere.invalid' })
  await api.endpoint.testReach()
  rmSync(join(dataDir, 'vault'), { recursive: true })
  await engine.administer('begin-backup', { by: 'console' })
  await engine.administer('end-backup', {
    id: 1,
    how: { file: null, bytes: null, users: null, groups: null, integrations: null, problem: 'The disk is full.' },
  })
  later(1)
  const { ok, findings } = await api.diagnosis.doctor()
  expect(ok).toBe(false)
  const bad = findings.filter((each) => each.status !== 'ok').map((each) => each.check)
  expect(bad).toEqual(expect.arrayContaining(['vault', 'endpoint', 'backups', 'public URL']))
})

test('what the operator was told is kept, the newest first, and after a restart too', async () => {
  const first = await startApi()
  first.engine.troubles.note('one')
  first.engine.troubles.note('two\nwith a second line')
  expect(await first.api.diagnosis.troubles()).toMatchObject([
    { message: 'two\nwith a second line' },
    { message: 'one' },
  ])
  const second = await startApi({ dataDir: first.dataDir })
  expect(await second.api.diagnosis.troubles()).toHaveLength(2)
})

test('the log of troubles does not grow for ever', async () => {
  const { api, engine } = await startApi()
  for (let n = 0; n < 400; n += 1) engine.troubles.note(`${n} ${'x'.repeat(7000)}`)
  const troubles = await api.diagnosis.troubles()
  expect(troubles[0]?.message).toMatch(/^399 /)
  expect(troubles.length).toBeGreaterThan(30)
})
