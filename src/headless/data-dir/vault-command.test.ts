import { expect, test } from 'vitest'
import { commandLineWithIntegration } from '../command.fixture.ts'

test('tells which vault is in use, and tries it', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.json('vault', 'status')).toMatchObject({ kind: 'file', secrets: 1, since: expect.any(String) })
  expect(await line.json('vault', 'test')).toMatchObject({ kind: 'file' })
  expect(await line.json('vault', 'status')).toMatchObject({ secrets: 1 })
})

test('a move into the vault in use is refused, and one of another kind is wrong usage', async () => {
  const line = await commandLineWithIntegration()
  expect(await line.run('vault', 'move', 'file', '--yes')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: 'The secrets are in the file already.\n',
  })
  expect((await line.run('vault', 'move', 'cellar', '--yes')).exitCode).toBe(2)
  expect((await line.run('vault', 'move', 'keychain')).exitCode).toBe(2)
})
