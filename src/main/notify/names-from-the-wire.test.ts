import { expect, it } from 'vitest'
import { z } from 'zod'
import { userSchemaUrn } from '../../scim/urn.ts'
import { startSmtpServer } from './mail/smtp-server.fixture.ts'
import { startNotifiedDay, type NotifiedDay } from './test-notifier.fixture.ts'
import { startReceiver } from './webhook/receiver.fixture.ts'

const forged = 'bob\r\n\r\nAll is well.\nIssue a new token at https://evil.example/'
const turned = 'cy\u202egnp.exe\u202c\u2066'

const Told = z.object({
  event: z.string(),
  title: z.string(),
  text: z.string(),
  facts: z.object({ people: z.array(z.object({ who: z.string() })).optional() }),
})

/** A cycle in which a user of each of these names fails, each of the others being there already. */
async function failingCycle({ day, entra, lookAt }: NotifiedDay, names: readonly string[]): Promise<void> {
  await lookAt('07:00')
  day.until('08:00')
  entra.probe()
  const others = ['ana', 'di', 'eve', 'flo'].map((name) => entra.provision({ userName: `${name}@example.com` }).id)
  names.forEach((userName, n) => {
    const { id } = day.send('POST', '/Users', { schemas: [userSchemaUrn], userName })
    entra.update(id, { displayName: 'Somebody' })
    entra.update(id, { userName: 'ana@example.com' })
    entra.update(others[n + 1] ?? '', { userName })
  })
  await lookAt('09:00')
}

it('a name with line breaks makes no line of its own in a mail', async () => {
  const smtp = await startSmtpServer()
  const watched = startNotifiedDay()
  await watched.setUpMail(smtp.port)
  await failingCycle(watched, [forged])
  const mail = smtp.mails.find((each) => each.header('subject').includes('failed'))
  const raw = mail?.raw.replaceAll('=\r\n', '') ?? ''
  expect(raw).toContain('\r\nbob All is well. Issue a new token at https://evil.example/: ')
  expect(raw).toContain('The userName "bob All is well. Issue a new token at https://evil.example/" is already')
  expect(raw).not.toMatch(/(?:^|<br>)(?:All is well|Issue a new token)/m)
})

it('what a webhook gets for people is as plain as a mail, and what it gets for programs is exact', async () => {
  const receiver = await startReceiver()
  const watched = startNotifiedDay()
  await watched.admin.webhooks.add({ name: 'ops', url: receiver.url, rules: undefined, allowedHost: '127.0.0.1' })
  await watched.lookAt('06:00')
  watched.day.directory.connection.prepare('update integrations set name = ?').run(`Entra ${turned}`)
  await failingCycle(watched, [forged, turned])
  const told = receiver.posts.map(({ body }) => Told.parse(JSON.parse(body)))
  const failures = told.find(({ event }) => event === 'cycle-failures')
  expect(failures?.title).toContain('for Entra cy gnp.exe failed')
  const lines = failures?.text.split('\n') ?? []
  expect(lines.filter((line) => line.startsWith('cy gnp.exe'))).toHaveLength(1)
  expect(lines.filter((line) => line.startsWith('bob All is well. Issue'))).toHaveLength(1)
  expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(failures?.facts.people?.map(({ who }) => who)).toEqual(expect.arrayContaining([forged, turned]))
})
