import { chownSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { eventually } from '../../../test/eventually.ts'
import { startServer } from '../../../test/server.ts'
import { type CommandLine, commandLine } from '../command.fixture.ts'

const Users = z.array(z.looseObject({ userName: z.string() }))

const people = `userName,displayName,name.givenName,name.familyName,email
jsmith,John Smith,John,Smith,john.smith@example.com
müller,Jürgen Müller,Jürgen,Müller,
done@example.com,Done,,,
twin1,Twin,,,twin@example.com
twin2,Twin,,,TWIN@example.com
broken,Broken,,,broken at example
`

async function withPeople(content = people): Promise<CommandLine> {
  const line = commandLine()
  await line.direct('users', 'import', line.write('people.csv', content), '--yes')
  return line
}

async function userNames(line: CommandLine): Promise<readonly string[]> {
  return Users.parse(await line.direct('users', 'list')).map((user) => user.userName)
}

const plain = { total: 7, willChange: 1, alreadyAddress: 1, noAddress: 1, invalid: 1, conflicts: 2, protected: 1 }

test('preview counts and changes nothing; a domain gives an address to who has none', async () => {
  const line = await withPeople()
  const before = await userNames(line)
  expect(await line.json('user-ids', 'preview')).toEqual(plain)
  expect(await line.json('user-ids', 'preview', '--domain', 'example.org')).toEqual({
    ...plain,
    willChange: 2,
    noAddress: 0,
  })
  expect(await userNames(line)).toEqual(before)
})

test.skipIf(process.getuid?.() !== 0)(
  'what root previews belongs to the user of the data directory (needs root)',
  async () => {
    const line = await withPeople()
    chownSync(line.dataDir, 65_534, 65_534)
    await line.json('user-ids', 'preview')
    const folder = join(line.dataDir, 'plans')
    const files = readdirSync(folder).map((name) => join(folder, name))
    expect(files).toHaveLength(1)
    for (const each of [folder, ...files]) expect(statSync(each)).toMatchObject({ uid: 65_534, gid: 65_534 })
  },
)

test('preview lists an outcome, writes CSV, and says what an identity provider would find', async () => {
  const line = await withPeople()
  expect(await line.json('user-ids', 'preview', '--outcome', 'conflict')).toEqual([
    plain,
    expect.objectContaining({
      userName: 'twin1',
      target: 'twin@example.com',
      reason: 'same-target',
      other: 'twin2',
      decisions: ['address', 'skip', 'merge'],
    }),
    expect.objectContaining({ userName: 'twin2', other: 'twin1' }),
  ])
  const file = line.path('preview.csv')
  const idp = line.write('idp.csv', 'name,userPrincipalName\nJohn,John.Smith@example.com\nNew,new@example.com\n')
  expect(await line.json('user-ids', 'preview', '--export', file, '--match', idp)).toMatchObject({
    ...plain,
    match: { sought: 2, linkedBefore: 0, linked: 1, created: 1, leftBehind: 5 },
    file,
  })
  expect(readFileSync(file, 'utf8')).toContain('jsmith,john.smith@example.com,converts,,,primary,,local,')
  expect(await line.run('user-ids', 'preview', '--export', file)).toMatchObject({ exitCode: 2 })
  const { stdout } = await line.run('user-ids', 'preview')
  expect(stdout).toContain('1 of 7 users will change.')
  expect(stdout).toMatch(/twin1 +twin@example\.com +conflict +Another user would get the same user ID\. \(twin2\)/)
})

test('convert, look somebody up by the old name, and undo byte for byte', async () => {
  const line = await withPeople()
  const before = await userNames(line)
  const convert = ['user-ids', 'convert', '--domain', 'example.org']
  expect(await line.run(...convert)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes') })
  expect(await line.json(...convert, '--yes')).toEqual({ job: 1, converted: 2, merged: 0, skipped: 4, failed: 0 })
  expect(await userNames(line)).toEqual([
    'admin',
    'john.smith@example.com',
    'muller@example.org',
    'done@example.com',
    'twin1',
    'twin2',
    'broken',
  ])
  expect(await line.direct('users', 'list', '--text', 'MÜLL')).toMatchObject([
    { userName: 'muller@example.org', formerUserNames: ['müller'] },
  ])
  expect(await line.json('user-ids', 'mapping', '--job', '1')).toMatchObject([
    { old: 'jsmith', new: 'john.smith@example.com', job: 1 },
    { old: 'müller', new: 'muller@example.org' },
  ])
  expect(await line.json('user-ids', 'undo', '1', '--preview')).toEqual({ job: 1, restored: 2, left: 0 })
  expect(await line.run('user-ids', 'undo', '1')).toMatchObject({ exitCode: 2 })
  expect(await line.json('user-ids', 'undo', '1', '--yes')).toEqual({ job: 2, restored: 2, left: 0 })
  expect(await userNames(line)).toEqual(before)
  expect(await line.json('user-ids', 'mapping')).toEqual([])
  expect(await line.json('jobs', 'list')).toMatchObject([
    { id: 2, kind: 'undo-user-ids', state: 'done', counts: { restored: 2, left: 0 } },
    { id: 1, kind: 'convert-user-ids', state: 'done', done: 2, total: 2 },
  ])
})

test('decisions are kept with the preview and carried out', async () => {
  const line = await withPeople()
  await line.direct('user-ids', 'preview')
  expect(await line.json('user-ids', 'decide', 'twin1', '--skip')).toMatchObject({
    outcome: 'skipped',
    preview: { willChange: 2, conflicts: 0, skipped: 1 },
  })
  await line.json('user-ids', 'decide', 'BROKEN', '--address', 'mended@example.com')
  expect(await line.json('user-ids', 'convert', '--previewed', '--yes')).toMatchObject({ converted: 3, failed: 0 })
  expect(await userNames(line)).toContain('mended@example.com')
  expect(await line.run('user-ids', 'convert', '--previewed', '--yes')).toMatchObject({ exitCode: 1 })
  for (const flags of [[], ['--skip', '--merge']])
    expect(await line.run('user-ids', 'decide', 'twin2', ...flags)).toMatchObject({ exitCode: 2 })
})

test('a conversion that nobody agreed to leaves the last preview with its decisions', async () => {
  const line = await withPeople()
  await line.direct('user-ids', 'preview')
  await line.direct('user-ids', 'decide', 'twin1', '--skip')
  const ran = await line.run('user-ids', 'convert', '--domain', 'other.example')
  expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes') })
  expect(await line.json('user-ids', 'convert', '--previewed', '--yes')).toMatchObject({ failed: 0 })
  const names = await userNames(line)
  expect(names).toContain('twin1')
  expect(names.filter((each) => each.endsWith('@other.example'))).toEqual([])
})

test('a list of old and new user IDs swaps two of them; who is in nobody’s place is named', async () => {
  const line = await withPeople('userName\na@example.com\nb@example.com\n')
  const list = line.write(
    'list.csv',
    'old;new\na@example.com;b@example.com\nB@example.com;a@example.com\nz;z@example.com\n',
  )
  const { stderr } = await line.run('user-ids', 'preview', '--csv', list)
  expect(stderr).toContain('1 user ID of the list belongs to nobody, e.g. z.')
  expect(await line.json('user-ids', 'convert', '--csv', list, '--yes')).toMatchObject({ converted: 2, failed: 0 })
  expect(await userNames(line)).toEqual(['admin', 'b@example.com', 'a@example.com'])
  const exported = line.write('ad.csv', '"sAMAccountName","UserPrincipalName"\na@example.com,c@example.com\n')
  expect((await line.run('user-ids', 'preview', '--csv', exported)).stderr).not.toContain('belongs to nobody')
  const twice = line.write('twice.csv', 'a@example.com,x@example.com\nA@example.com,y@example.com\n')
  expect(await line.run('user-ids', 'preview', '--csv', twice)).toMatchObject({
    exitCode: 1,
    stderr: 'Line 2: "A@example.com" stands in line 1 already.\n',
  })
})

test.each([
  [['preview', '--domain', 'nonsense']],
  [['preview', '--source', 'primary,crystal-ball']],
  [['preview', '--map', 'corp.local']],
  [['preview', '--pattern', 'x'.repeat(501)]],
  [['preview', '--outcome', 'nonsense']],
  [['preview', '--outcome', 'left']], // of undoing alone
  [['undo']],
  [['undo', 'x']],
])('user-ids %j is wrong usage, said in one line', async (args) => {
  const { exitCode, stdout, stderr } = await commandLine().run('user-ids', ...args)
  expect([exitCode, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(/^[^\n]+\n$/)
})

test.each([
  [['undo', '7', '--yes'], /no job 7/],
  [['preview', '--pattern', '{nonsense}@example.com'], /nonsense/],
  [['preview', '--csv', '/nowhere.csv'], /no file/],
  [['decide', 'ada', '--skip'], /no preview yet/],
])('user-ids %j fails in one line', async (args, problem) => {
  const { exitCode, stdout, stderr } = await commandLine().run('user-ids', ...args)
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^[^\n]+\n$/)
  expect(stderr).toMatch(problem)
})

test('beside a server the server does the work, and SCIM finds converted users by their addresses', async () => {
  const server = await startServer()
  try {
    const id = await server.scim.create('/Users', {
      userName: 'ada',
      emails: [{ value: 'ada@example.com', primary: true }],
    })
    expect(await server.rollcall('user-ids', 'convert', '--yes')).toEqual({
      job: 1,
      converted: 0,
      merged: 0,
      skipped: 2,
      failed: 0,
    })
    expect(await server.rollcall('user-ids', 'convert', '--include-scim', '--yes')).toEqual({
      job: 2,
      converted: 1,
      merged: 0,
      skipped: 1,
      failed: 0,
    })
    const found = await eventually(
      () => server.scim.find('/Users', 'userName eq "ADA@example.com"'),
      (answer) => answer.at('/totalResults') === 1,
    )
    expect(found.at('/Resources/0/id')).toBe(id)
    expect((await server.scim.find('/Users', 'userName eq "ada"')).at('/totalResults')).toBe(0)
  } finally {
    await server.stop()
  }
})
