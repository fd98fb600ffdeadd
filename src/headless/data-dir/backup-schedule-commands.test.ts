import { mkdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commandLineWithIntegration } from '../command.fixture.ts'

test('a schedule is set, shown, changed in part and switched off', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.json('backup', 'schedule')).toMatchObject({ every: 'off', at: null, nextAt: null })
  mkdirSync(line.path('backups'))
  expect(
    await line.json('backup', 'schedule', '--weekly', 'friday', '--at', '18:00', '--folder', line.path('backups')),
  ).toMatchObject({ every: 'week', weekday: 'friday', at: '18:00', keep: 14, folder: line.path('backups') })
  expect(await line.json('backup', 'schedule', '--keep', '3')).toMatchObject({ every: 'week', keep: 3, at: '18:00' })
  expect(await line.json('backup', 'schedule', '--daily')).toMatchObject({ every: 'day', weekday: null })
  expect(await line.json('backup', 'schedule', '--off')).toMatchObject({ every: 'off', nextAt: null })
})

test('a folder that is not there is refused in one line, and nonsense is wrong usage', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.run('backup', 'schedule', '--daily', '--folder', line.path('none'))).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^There is no folder [^\n]+\n$/),
  })
  for (const wrong of [
    ['--at', '25:00'],
    ['--keep', '0'],
    ['--weekly', 'someday'],
    ['--daily', '--off'],
  ])
    expect((await line.run('backup', 'schedule', ...wrong)).exitCode).toBe(2)
})

test('backups by hand are remembered, also those that fail', async () => {
  const line = await commandLineWithIntegration()
  await line.json('backup', line.path('one.db'))
  expect((await line.run('backup', line.path('none/two.db'))).exitCode).toBe(1)
  expect(await line.json('backup', 'list')).toMatchObject({
    files: [],
    runs: [
      { by: 'command line', file: null, problem: expect.stringContaining('There is no folder') },
      { by: 'command line', file: line.path('one.db'), problem: null },
    ],
  })
})
