import { expect, test } from 'vitest'
import { commandLine } from '../command.fixture.ts'
import { stdoutOf } from '../terminal/terminal.fixture.ts'

test('control characters of values stand in an exported file as they are, and reach no terminal', async () => {
  const line = commandLine()
  const hostile = 'Ana\u001b]0;owned\u0007\u001b[2J\rroot\u202e'
  const csv = line.write('people.csv', `userName,displayName\nana@example.com,"${hostile}"\n`)
  await line.json('users', 'import', csv, '--yes')
  const { terminal, file } = await stdoutOf(line, 'users', 'export')
  expect(file).toContain(`"${hostile}"`)
  expect(terminal).toContain('Ana\ufffd]0;owned\ufffd\ufffd[2J\ufffdroot\ufffd')
  expect(terminal.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(terminal.trimEnd().split('\n')).toHaveLength(file.trimEnd().split('\n').length)
})
