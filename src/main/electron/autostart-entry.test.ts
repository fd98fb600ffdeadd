import { expect, test } from 'vitest'
import { autostartEntry } from './autostart-entry.ts'

test('the entry starts the program with its arguments, whatever is in them', () => {
  const entry = autostartEntry(['/opt/Roll call/rollcall', '--data-dir', '/home/o"r/$HOME/100%/`x`/a\\b', '--hidden'])
  // Read by the two rules of the specification: first the escapes of a string, then those inside of the quotes.
  const value = (/^Exec=(.*)$/m.exec(entry)?.[1] ?? '').replaceAll('\\\\', '\\')
  const args = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside = '']) =>
    inside.replaceAll(/\\(.)/g, '$1').replaceAll('%%', '%'),
  )
  expect(args).toEqual(['/opt/Roll call/rollcall', '--data-dir', '/home/o"r/$HOME/100%/`x`/a\\b', '--hidden'])
  expect(entry).toMatch(/^\[Desktop Entry\]\nType=Application\nName=Rollcall\n/)
})
