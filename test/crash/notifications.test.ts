import { rmSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startSmtpServer } from '../../src/main/notify/mail/smtp-server.fixture.ts'
import { runJsonCommand } from '../command-line.ts'
import { eventually } from '../eventually.ts'
import { prepareDataDirectory, startServer } from '../server.ts'

const Outbox = z.array(z.object({ state: z.string(), isBeingSent: z.boolean(), attempts: z.number() }))

const prepared = await prepareDataDirectory()
afterAll(() => rmSync(prepared.dataDir, { recursive: true, force: true }))
const rollcall = (...args: readonly string[]) => runJsonCommand(prepared.dataDir, args)
const outbox = async (state: string) => Outbox.parse(await rollcall('notify', 'outbox', 'list', '--state', state))

test('a server that is killed between queueing a mail and sending it loses none, and sends none twice', async () => {
  const smtp = await startSmtpServer()
  const address = ['--host', '127.0.0.1', '--port', String(smtp.port), '--security', 'none'] as const
  await rollcall('notify', 'smtp', 'set', ...address, '--from', 'rollcall@example.com')
  await rollcall('notify', 'recipients', 'add', 'ops@example.com')

  // The mail server takes the mail and says nothing: whether it has it is not known.
  smtp.treat('hang')
  const first = await startServer({ on: prepared })
  const stranger = first.client(prepared.integration.slug, 'rc_wrong')
  for (let n = 0; n < 5; n += 1) await stranger.get('/Users')
  await eventually(
    () => outbox('waiting'),
    (waiting) => waiting[0]?.isBeingSent === true,
    30_000,
  )
  await first.kill()
  expect(smtp.mails).toHaveLength(0)

  // Nobody waits for the claim of the dead process to run out.
  smtp.treat('accept')
  const second = await startServer({ on: prepared })
  await eventually(
    () => Promise.resolve(smtp.mails.length),
    (mails) => mails > 0,
    10_000,
  )
  await eventually(
    () => outbox('delivered'),
    (delivered) => delivered.length === 1,
    5000,
  )
  await second.kill()

  // What was acknowledged is not sent again, and the same alert is not raised again.
  const third = await startServer({ on: prepared })
  for (let n = 0; n < 5; n += 1) await third.client(prepared.integration.slug, 'rc_wrong').get('/Users')
  const { scim } = third
  expect((await scim.get('/Users')).status).toBe(200)
  await eventually(
    () => Promise.resolve(smtp.mails.map((mail) => mail.header('subject'))),
    (subjects) => subjects.length === 2,
    30_000,
  )
  await third.stop()
  expect(smtp.mails.map((mail) => mail.header('subject'))).toEqual([
    '[Rollcall] Requests for Entra are refused: the token is not known here',
    '[Rollcall] Requests for Entra get in again',
  ])
})
