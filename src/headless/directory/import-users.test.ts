import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { runCommand } from '../../../test/command-line.ts'
import { canMount, mountSmallDisk } from '../../main/store/file/small-disk.fixture.ts'
import { commandLine, type CommandLine } from '../command.fixture.ts'

const department = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'
const Users = z.array(z.looseObject({ userName: z.string() }))

async function exported(line: CommandLine, userName: string) {
  return Users.parse(await line.direct('users', 'export')).find((each) => each.userName === userName)
}

test('imports what a spreadsheet saves: byte order mark, CRLF, semicolons, quotes', async () => {
  const line = commandLine()
  const file = line.write(
    'people.csv',
    `\uFEFFuserName;displayName;name.givenName;active;role;email;"emails[type eq ""home""].value";${department}\r\n` +
      'ada@x.test;"Ada; ""L""";Ada;TRUE;User Manager;ada@x.test;ada@home.test;Engines\r\n\r\n' +
      'bob@x.test;Bob;;false;;;;\r\n',
  )
  expect(await line.json('users', 'import', file, '--yes')).toEqual({ created: 2, updated: 0, unchanged: 0 })
  expect(await exported(line, 'ada@x.test')).toMatchObject({
    displayName: 'Ada; "L"',
    name: { givenName: 'Ada' },
    active: true,
    role: 'user-manager',
    source: 'local',
    emails: [
      { type: 'work', value: 'ada@x.test', primary: true },
      { type: 'home', value: 'ada@home.test' },
    ],
  })
  expect(await exported(line, 'bob@x.test')).toMatchObject({ active: false, role: 'user' })
})

test('a second import changes what it names and leaves the rest', async () => {
  const line = commandLine()
  const first = `userName,name.givenName,name.familyName,email,"emails[type eq ""home""].value",${department}\nada,Ada,Byron,a@x.test,a@home.test,Engines\n`
  await line.direct('users', 'import', line.write('first.csv', first), '--yes')
  const second = 'userName,name.familyName,email,title\nADA,Lovelace,b@x.test,Countess\n'
  expect(await line.json('users', 'import', line.write('second.csv', second), '--yes')).toMatchObject({ updated: 1 })
  expect(await exported(line, 'ADA')).toMatchObject({
    title: 'Countess',
    name: { givenName: 'Ada', familyName: 'Lovelace' },
    emails: [
      { type: 'work', value: 'b@x.test', primary: true },
      { type: 'home', value: 'a@home.test' },
    ],
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Engines' },
  })
  expect(await line.json('users', 'import', line.path('second.csv'), '--yes')).toMatchObject({ unchanged: 1 })
})

test('the role of Administrator changes hands across the batches of a file, in whatever order its lines are', async () => {
  const line = commandLine()
  const others = Array.from({ length: 500 }, (_, n) => `user${n},user\n`).join('')
  const file = line.write('people.csv', `userName,role\nadmin,user\n${others}boss,administrator\n`)
  expect(await line.json('users', 'import', file, '--yes')).toEqual({ created: 501, updated: 1, unchanged: 0 })
  expect(await line.direct('users', 'list', '--role', 'administrator')).toMatchObject([{ userName: 'boss' }])
})

test.each([
  ['an unknown column', 'userName,colour\na,red\n', 'colour'],
  ['an attribute that is not set by an import', 'userName,id\na,1\n', '"id"'],
  ['a column that stands there twice', 'userName,email,"emails[type eq ""work""].value"\na,b,c\n', 'twice'],
  ['no userName', 'displayName\nAda\n', 'userName'],
  ['a bad value in the last line', 'userName,active\na,true\nb,maybe\n', 'Line 3'],
  [
    'all lines that are bad',
    'userName,active\na,maybe\nb,true\nc,perhaps\n,true\n',
    '2 more lines cannot be imported: 4, 5.',
  ],
  ['the other one of two', 'userName,active\na,maybe\n,true\n', 'Line 3 cannot be imported either.'],
  ['an unknown role', 'userName,role\na,king\n', 'Line 2'],
  ['an empty userName', 'userName,title\na,x\n,y\n', 'Line 3'],
  ['the same user twice', 'userName\na\nb\nA\n', 'Line 4'],
  ['too many cells', 'userName\na,b\n', 'Line 2'],
  ['a quote that never ends', 'userName\na\n"b\n', 'people.csv'],
  ['the last Administrator demoted', 'userName,role\nnew,user\nadmin,user\n', 'Line 3'],
  ['an empty file', '', 'empty'],
  ['a header alone', 'userName,displayName\r\n\r\n', 'people.csv has a header and no rows.'],
  ['UTF-16 without a byte order mark', Buffer.from('userName,displayName\na,b\n', 'utf16le'), 'UTF-8'],
  ['another encoding', Buffer.from('userName,displayName\na,Zo\xeb\n', 'latin1'), 'UTF-8'],
])('%s is refused by name, and nothing is written', async (_what, content, named) => {
  const line = commandLine()
  const refused = await line.run('users', 'import', line.write('people.csv', content), '--yes')
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  expect(refused.stderr).toContain(named)
  expect(refused.stderr.trim()).not.toContain('\n')
  expect(Users.parse(await line.direct('users', 'list')).map((each) => each.userName)).toEqual(['admin'])
})

const unicodeText = 'userName\tdisplayName\r\nzoe\tZoë\r\n'
test.each([
  ['as Unicode text', Buffer.from(`\ufeff${unicodeText}`, 'utf16le')],
  ['as Unicode text of the other byte order', Buffer.from(`\ufeff${unicodeText}`, 'utf16le').swap16()],
  ['with a line that names the separator', 'sep=;\r\nuserName;displayName\r\nzoe;Zoë\r\n'],
  ['with tabs and a line that names them', '\ufeffsep=\t\nuserName\tdisplayName\nzoe\tZoë\n'],
  ['with a separator of its own', 'sep=|\nuserName|displayName\nzoe|Zoë\n'],
])('what a spreadsheet has saved %s is taken', async (_how, content) => {
  const line = commandLine()
  const file = line.write('people.csv', content)
  expect(await line.json('users', 'import', file, '--yes')).toEqual({ created: 1, updated: 0, unchanged: 0 })
  expect(await line.direct('users', 'list', '--text', 'zoe')).toMatchObject([{ userName: 'zoe', displayName: 'Zoë' }])
})

test('lines behind the one that names the separator are counted from the beginning of the file', async () => {
  const line = commandLine()
  const file = line.write('people.csv', 'sep=;\nuserName;active\na;maybe\n')
  expect((await line.run('users', 'import', file, '--yes')).stderr).toContain('Line 3')
})

test('where nobody can be asked, --yes is required', async () => {
  const line = commandLine()
  const file = line.write('people.csv', 'userName\nada\n')
  expect(await line.run('users', 'import', file)).toMatchObject({ exitCode: 2, stdout: '' })
  expect(await line.direct('users', 'list')).toHaveLength(1)
})

test('an export can be imported elsewhere and exported again just so', async () => {
  const [here, there] = [commandLine(), commandLine()]
  const rows = [
    'userName,displayName,title,nickName,roles.value,"phoneNumbers[type eq ""work""].value"',
    'ada,"Ada, ""L""","two\nlines",\'=1+1,boss,+1-201-555-0123',
    'eve,@eve,\'\'quoted," padded ",,-1',
  ].join('\n')
  await here.direct('users', 'import', here.write('people.csv', rows), '--yes')
  const { stdout } = await here.run('users', 'export')
  await there.json('users', 'import', there.write('export.csv', stdout), '--yes')
  expect((await there.run('users', 'export')).stdout).toBe(stdout)
  expect(await there.json('users', 'import', there.path('export.csv'), '--yes')).toMatchObject({ unchanged: 3 })
  expect(await exported(there, 'ada')).toMatchObject({ title: 'two\nlines', nickName: '=1+1' })
  expect(await exported(there, 'eve')).toMatchObject({ displayName: '@eve', nickName: ' padded ' })
})

test('no exported cell begins as a formula does', async () => {
  const line = commandLine()
  const file = line.write('people.csv', 'userName,displayName,title\n=cmd,+1,@SUM(A1)\n-2,"\t=1",=1\n')
  await line.json('users', 'import', file, '--yes')
  const { stdout } = await line.run('users', 'export')
  expect(stdout).toContain("'=cmd,'+1")
  for (const cell of stdout.split(/[\r\n,]+/)) expect(cell).not.toMatch(/^"?[=+\-@\t]/)
})

test('a large export reaches the end of a pipe', async () => {
  const line = commandLine()
  const names = Array.from({ length: 6000 }, (_, n) => `user-${n},${'x'.repeat(300)}`)
  await line.json('users', 'import', line.write('many.csv', `userName,title\n${names.join('\n')}`), '--yes')
  const rows = (await line.run('users', 'export')).stdout.trimEnd().split('\r\n')
  expect(rows).toHaveLength(6002)
  expect(rows.at(-1)).toMatch(/^user-5999,/)
})

test('who imports an old list after a conversion is told that it makes second accounts', async () => {
  const line = commandLine()
  const old = line.write('old.csv', 'userName,email\njsmith,john@x.test\nmholt,mia@x.test\nnew,new@x.test\n')
  await line.json(
    'users',
    'import',
    line.write('first.csv', 'userName,email\njsmith,john@x.test\nmholt,mia@x.test\n'),
    '--yes',
  )
  expect(await line.run('users', 'import', old)).not.toMatchObject({ stderr: expect.stringContaining('conversion') })
  await line.direct('user-ids', 'convert', '--yes')
  expect(await line.run('users', 'import', old, '--yes')).toMatchObject({
    exitCode: 0,
    stdout: '3 created, 0 updated, 0 unchanged.\n',
    stderr:
      'A conversion has replaced 2 userNames of the file, for example "jsmith" is "john@x.test" by now: the import makes second accounts.\n',
  })
})

test('Ctrl+C ends an import between two batches, and how far it came is told', async () => {
  const line = commandLine()
  await line.direct('users', 'list')
  const names = Array.from({ length: 20_000 }, (_, n) => `p${n},P`)
  const file = line.write('many.csv', `userName,displayName\n${names.join('\n')}\n`)
  const database = new Database(join(line.dataDir, 'rollcall.db'), { readonly: true })
  onTestFinished(() => void database.close())
  const count = database.prepare("SELECT count(*) FROM users WHERE user_name <> 'admin'").pluck()
  const hasBegun = () => Number(count.get()) > 0
  expect(await line.interrupt('SIGINT', hasBegun, 'users', 'import', file, '--yes')).toEqual({
    exitCode: 1,
    stdout: '',
    stderr: `Stopped after ${String(count.get())} of 20000 users: ${String(count.get())} created, 0 updated, 0 unchanged. The same import again does the rest.\n`,
  })
})

test.skipIf(!canMount())(
  'an import that a full disk has ended says how many it has imported (needs the right to mount)',
  async () => {
    const disk = mountSmallDisk(2500)
    if (!disk) throw new Error('it could be mounted before')
    onTestFinished(disk.release)
    const people = Array.from({ length: 4000 }, (_, n) => `somebody-${n}@x.test,${'x'.repeat(200)}`)
    const file = commandLine().write('people.csv', ['userName,displayName', ...people].join('\n'))
    const ran = await runCommand(disk.path, ['users', 'import', file, '--yes'])
    expect(ran).toMatchObject({ exitCode: 1, stdout: '' })
    const said =
      /^The disk that holds [^\n]* is full\. Free some space and try again\. (\d+) of 4000 users are imported; [^\n]*\n$/
    const imported = Number(said.exec(ran.stderr)?.[1])
    expect(imported).toBeGreaterThan(0)
    const { stdout } = await runCommand(disk.path, ['users', 'list', '--json'])
    // The local administrator is not from the file.
    expect(Users.parse(JSON.parse(stdout))).toHaveLength(imported + 1)
  },
)
