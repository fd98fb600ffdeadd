import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runJsonCommand } from '../command-line.ts'

const header = 'userName,displayName,name.givenName,name.familyName,email'

const converted = [
  ['jsmith', 'John', 'Smith'],
  ['bmeyer', 'Beate', 'Meyer'],
  ['lrossi', 'Luca', 'Rossi'],
  ['nhaddad', 'Nour', 'Haddad'],
  ['okowalska', 'Ola', 'Kowalska'],
] as const

const waiting = [
  ['tlindgren', 'Tove', 'Lindgren', 'tove.lindgren@example.com'],
  ['cmartin', 'Claire', 'Martin', 'c.martin@example.com'],
  ['cmartin2', 'Cyril', 'Martin', 'C.Martin@example.com'],
  ['psingh', 'Priya', 'Singh', 'priya.singh@example.com'],
  ['jsmith2', 'Jane', 'Smith', 'john.smith@example.com'],
  ['kiosk', 'Reception', 'Kiosk', ''],
  ['"<script>alert(1)</script>"', 'Robert', 'Tables', 'robert.tables@example.com'],
  ['\u202eevil', 'Right', 'Left', 'rtl.person@example.com'],
  ['😀smile', 'Grin', 'Ning', 'grin.ning@example.com'],
  [`long${'g'.repeat(180)}`, 'Very', 'Long', `${'a'.repeat(60)}@example.com`],
  ['vpetrov', 'Vera', 'Petrov', 'vera petrov at example'],
] as const

async function importPeople(dataDir: string, name: string, lines: readonly string[]): Promise<void> {
  const file = join(dataDir, name)
  writeFileSync(file, [header, ...lines].join('\n'))
  await runJsonCommand(dataDir, ['users', 'import', file, '--yes'])
}

/** Puts people with short user IDs into a data directory that nobody serves: some converted by job 1, others in a preview that needs decisions. */
export async function writePastConversion(dataDir: string): Promise<void> {
  await importPeople(
    dataDir,
    'converted.csv',
    converted.map(
      ([id, given, family]) => `${id},${given} ${family},${given},${family},${given}.${family}@example.com`,
    ),
  )
  await runJsonCommand(dataDir, ['user-ids', 'convert', '--yes'])
  await importPeople(
    dataDir,
    'waiting.csv',
    waiting.map(([id, given, family, mail]) => `${id},${given} ${family},${given},${family},${mail}`),
  )
  await runJsonCommand(dataDir, ['user-ids', 'preview'])
}
