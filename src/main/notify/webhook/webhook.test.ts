import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { verifyRollcall } from '../../../../test/webhook-recipe.ts'
import { hasOpenssl } from '../../../../test/certificate.ts'
import { selfMadeCertificate } from '../../tls/self-made-certificate.fixture.ts'
import { VaultError } from '../../vault/vault.ts'
import { createWebhooksAdmin } from '../admin/webhooks-admin.ts'
import { MemoryVault } from '../memory-vault.fixture.ts'
import { startNotifiedDay, type NotifiedDay } from '../test-notifier.fixture.ts'
import { startReceiver, type ReceivedPost } from './receiver.fixture.ts'
import { post } from './post.ts'
import { createServer } from 'node:https'

const minute = 60_000

function announce({ admin, day }: NotifiedDay, n: number): Promise<void> {
  return admin.rules.announce({
    key: `job:${n}`,
    rule: 'job-finished',
    phase: 'happened',
    at: day.now(),
    title: `Job ${n}`,
    lines: ['It is done.'],
    facts: { job: n },
  })
}

async function withWebhook(parts: Parameters<typeof startNotifiedDay>[0] = {}) {
  const receiver = await startReceiver()
  const watched = startNotifiedDay(parts)
  const { webhook, secret } = await watched.admin.webhooks.add({
    name: 'ops',
    url: receiver.url,
    rules: undefined,
    allowedHost: '127.0.0.1',
  })
  return { receiver, watched, webhook, secret: secret.reveal() }
}

function isSigned(sent: ReceivedPost | undefined, secret: string, now: number): boolean {
  return sent !== undefined && verifyRollcall(secret, String(sent.headers['rollcall-signature']), sent.body, now)
}

describe('a webhook', () => {
  it('gets what happened as JSON, signed so that the documented recipe verifies it', async () => {
    const { receiver, watched, secret } = await withWebhook()
    await announce(watched, 1)
    await watched.look()
    const [posted] = receiver.posts
    expect(posted?.headers).toMatchObject({ 'content-type': 'application/json', 'rollcall-event': 'job-finished' })
    expect(JSON.parse(posted?.body ?? '')).toEqual({
      id: 'job:1',
      event: 'job-finished',
      phase: 'happened',
      at: new Date(watched.day.now()).toISOString(),
      integration: null,
      title: 'Job 1',
      text: 'It is done.',
      facts: { job: 1 },
    })
    const signature = String(posted?.headers['rollcall-signature'])
    const now = watched.day.now()
    expect(verifyRollcall(secret, signature, posted?.body ?? '', now)).toBe(true)
    expect(verifyRollcall(secret, signature, `${posted?.body} `, now)).toBe(false)
    expect(verifyRollcall('another', signature, posted?.body ?? '', now)).toBe(false)
    expect(verifyRollcall(secret, signature, posted?.body ?? '', now + 6 * minute)).toBe(false)
  })

  it('hears only of the rules that it asked for', async () => {
    const receiver = await startReceiver()
    const watched = startNotifiedDay()
    await watched.admin.webhooks.add({
      name: 'failures',
      url: receiver.url,
      rules: ['cycle-failures'],
      allowedHost: '127.0.0.1',
    })
    await announce(watched, 1)
    await watched.look()
    expect(receiver.posts).toHaveLength(0)
    await expect(
      watched.admin.webhooks.add({ name: 'x', url: receiver.url, rules: ['nonsense'], allowedHost: '127.0.0.1' }),
    ).rejects.toThrow('There is no rule "nonsense"')
  })

  it('that answers 500 is asked again, later and later, and gets everything in order', async () => {
    const { receiver, watched } = await withWebhook()
    receiver.answer((response) => void response.writeHead(500).end('out of order'))
    await announce(watched, 1)
    await announce(watched, 2)
    await watched.look()
    expect(watched.admin.outbox.list('waiting', 10)).toMatchObject([
      { attempts: 1, problem: 'The receiver answered 500: out of order', recipient: 'ops' },
      { attempts: 0 },
    ])
    watched.day.wait(30_000)
    await watched.look()
    expect(watched.admin.outbox.list('waiting', 10)[0]).toMatchObject({
      attempts: 2,
      retryAt: watched.day.now() + minute,
    })
    receiver.answer((response) => void response.writeHead(200).end('ok'))
    watched.day.wait(2 * minute)
    await watched.look()
    const delivered = receiver.posts
      .slice(2)
      .map((each) => z.object({ id: z.string() }).parse(JSON.parse(each.body)).id)
    expect(delivered).toEqual(['job:1', 'job:2'])
  })

  it.each([
    ['takes too long', (): void => undefined, 'took too long'],
    [
      'closes early',
      (response: { destroy(): void }): void => response.destroy(),
      'closed the connection without an answer',
    ],
  ] as const)('that %s is a failed attempt', async (_what, how, problem) => {
    const { receiver, watched } = await withWebhook({ attemptMs: 300 })
    receiver.answer((response) => how(response))
    await announce(watched, 1)
    await watched.look()
    expect(watched.admin.outbox.list('waiting', 10)).toMatchObject([
      { attempts: 1, problem: expect.stringContaining(problem) },
    ])
  })

  it('that redirects is not followed', async () => {
    const { receiver, watched } = await withWebhook()
    const elsewhere = await startReceiver()
    receiver.answer((response) => void response.writeHead(307, { location: elsewhere.url }).end())
    await announce(watched, 1)
    await watched.look()
    expect(elsewhere.posts).toHaveLength(0)
    expect(watched.admin.outbox.list('waiting', 10)[0]?.problem).toContain('redirects are not followed')
  })

  it('that answers without end is not read to the end', async () => {
    const { receiver, watched } = await withWebhook()
    receiver.answer((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    await announce(watched, 1)
    await watched.look()
    expect(watched.admin.outbox.list('delivered', 10)).toHaveLength(1)
  })

  it('that says that it is gone is not asked again', async () => {
    const { receiver, watched } = await withWebhook()
    receiver.answer((response) => void response.writeHead(410).end())
    await announce(watched, 1)
    await watched.look()
    expect(watched.admin.outbox.list('dead', 10)).toMatchObject([{ attempts: 1 }])
  })

  it('that is removed takes along what waits for it, and its secret', async () => {
    const { receiver, watched, webhook } = await withWebhook()
    receiver.answer((response) => void response.writeHead(500).end())
    await announce(watched, 1)
    await watched.look()
    await watched.admin.webhooks.remove(webhook.id)
    expect(watched.admin.outbox.list('waiting', 10)).toEqual([])
    expect(watched.vault.secrets.size).toBe(0)
    await expect(watched.admin.webhooks.remove(webhook.id)).rejects.toThrow('There is no such webhook')
  })

  it('whose secret cannot be stored says why, also where it cannot be taken back either', async () => {
    const { watched, webhook } = await withWebhook()
    let isShut = false
    const shut = () => {
      isShut = true
      return Promise.reject(new VaultError('locked', 'The keychain is locked', 'unlock it'))
    }
    const webhooks = createWebhooksAdmin({
      reads: watched.day.directory.store,
      administer: (name, input) =>
        isShut ? Promise.reject(new Error('the disk is full')) : watched.administer(name, input),
      vault: () => Promise.resolve(Object.assign(new MemoryVault(), { set: shut, delete: shut })),
      now: watched.day.now,
      hasDesktop: () => false,
    })
    const another = { name: 'more', url: webhook.url, rules: undefined, allowedHost: '127.0.0.1' }
    await expect(webhooks.add(another)).rejects.toThrow('The keychain is locked')
  })

  it('is removed also while the vault cannot be opened', async () => {
    const { watched, webhook } = await withWebhook()
    const webhooks = createWebhooksAdmin({
      reads: watched.day.directory.store,
      administer: watched.administer,
      vault: () => Promise.reject(new VaultError('locked', 'The keychain is locked', 'unlock it')),
      now: watched.day.now,
      hasDesktop: () => false,
    })
    expect(await webhooks.remove(webhook.id)).toEqual(webhook)
    expect(webhooks.list()).toEqual([])
  })

  it('that is edited keeps its secret and everything that is not named; what waits for it goes to the new URL', async () => {
    const { receiver, watched, webhook, secret } = await withWebhook()
    receiver.answer((response) => void response.writeHead(500).end())
    await announce(watched, 1)
    await watched.look()
    const other = await startReceiver()
    const edited = await watched.admin.webhooks.edit(webhook.id, { url: other.url, rules: ['job-finished'] })
    expect(edited).toEqual({ webhook: { ...webhook, url: other.url, rules: ['job-finished'] }, secret: undefined })
    watched.day.until('+1 08:00')
    await watched.look()
    const [sent] = other.posts
    expect(isSigned(sent, secret, watched.day.now())).toBe(true)
    await watched.admin.webhooks.edit(webhook.id, { rules: ['silence'] })
    await announce(watched, 2)
    await watched.look()
    expect(other.posts).toHaveLength(1)
  })

  it('signs with a new secret from then on where one is asked for', async () => {
    const { receiver, watched, webhook, secret } = await withWebhook()
    await announce(watched, 1)
    await watched.look()
    const renewed = await watched.admin.webhooks.edit(webhook.id, { name: 'Ops', hasNewSecret: true })
    const fresh = renewed.secret?.reveal() ?? ''
    expect(fresh).toMatch(/^rcwh_/)
    await announce(watched, 2)
    await watched.look()
    const [first, second] = receiver.posts
    const signed = [isSigned(first, secret, watched.day.now()), isSigned(second, fresh, watched.day.now())]
    expect([...signed, isSigned(second, secret, watched.day.now())]).toEqual([true, true, false])
  })

  it.each([
    [{ name: ' ' }, 'name', 'needs a name'],
    [{ name: ' 42 ' }, 'name', 'cannot be a number'],
    [{ name: '\u200B\u2060' }, 'name', 'a name that can be seen'],
    [{ name: 'on\ncall' }, 'name', 'control characters'],
    [{ name: 'WIKI' }, 'name', 'There is a webhook "wiki" already'],
    [{ url: 'https://127.0.0.2/' }, 'url', 'is not public'],
    [{ url: 'http://hooks.example.com/' }, 'url', 'begins with https'],
    [{ allowedHost: null }, 'url', 'begins with https'],
    [{ allowedHost: '10.0.0.1' }, 'allowedHost', 'The host of the URL is 127.0.0.1'],
    [{ rules: ['nonsense'] }, 'rules', 'There is no rule "nonsense"'],
  ])('cannot be edited to %o', async (edit, path, problem) => {
    const { watched, webhook } = await withWebhook()
    await watched.admin.webhooks.add({
      name: 'wiki',
      url: 'http://127.0.0.1:9/',
      rules: undefined,
      allowedHost: '127.0.0.1',
    })
    const before = new Map(watched.vault.secrets)
    await expect(watched.admin.webhooks.edit(webhook.id, { ...edit, hasNewSecret: true })).rejects.toMatchObject({
      message: expect.stringContaining(problem),
      fields: [{ path, problem: expect.stringContaining(problem) }],
    })
    expect(watched.admin.webhooks.list()[0]).toEqual(webhook)
    expect(watched.vault.secrets).toEqual(before)
  })

  it('is told of which integration it is over, and what', async () => {
    const { receiver, watched } = await withWebhook()
    await watched.look()
    watched.day.until('08:00')
    watched.entra.probe()
    watched.entra.provision({ userName: 'ana@example.com' })
    watched.entra.provision({ userName: 'admin' })
    for (let n = 0; n < 3; n += 1) watched.day.refuse(401, 'token-unknown')
    await watched.lookAt('08:02')
    watched.entra.probe()
    await watched.lookAt('08:04')
    await watched.lookAt('08:30')
    watched.day.until('+3 08:00')
    watched.entra.probe()
    watched.entra.provision({ userName: 'ana@example.com' })
    watched.entra.provision({ userName: 'bob@example.com' })
    await watched.lookAt('+3 08:30')
    const told = receiver.posts.map(({ body }) =>
      z
        .object({ id: z.string(), event: z.string(), phase: z.string(), integration: z.unknown(), facts: z.unknown() })
        .parse(JSON.parse(body)),
    )
    for (const event of ['bad-token', 'cycle-failures']) {
      const [raised, recovered] = told.filter((each) => each.event === event)
      const integration = { slug: 'entra', name: 'Entra' }
      expect(raised).toMatchObject({ phase: 'raised', integration })
      expect(recovered).toMatchObject({ phase: 'recovered', integration, facts: { raisedId: raised?.id } })
    }
  })

  it('is told what is over by the last that it heard of it, where that has got worse meanwhile', async () => {
    const { receiver, watched } = await withWebhook()
    const issue = (prefix: string, days: number) =>
      watched.administer('issue-token', {
        slug: 'entra',
        prefix,
        overlapMs: 0,
        expiresAt: watched.day.now() + days * 86_400_000,
      })
    await issue('rc_one', 20)
    await watched.look()
    watched.day.jump(15 * 86_400_000)
    await watched.look()
    await issue('rc_two', 300)
    await watched.look()
    const told = z
      .array(z.object({ id: z.string(), phase: z.string(), at: z.string(), facts: z.record(z.string(), z.unknown()) }))
      .parse(receiver.posts.map(({ body }) => JSON.parse(body)))
    const [first, worse, over] = told
    expect(told.map(({ phase }) => phase)).toEqual(['raised', 'raised', 'recovered'])
    expect(over?.facts).toEqual({ raisedAt: first?.at, raisedId: worse?.id })
  })

  it('can be tested at once', async () => {
    const { receiver, watched, webhook } = await withWebhook()
    expect(await watched.admin.webhooks.test(webhook.id)).toEqual({ kind: 'delivered' })
    expect(JSON.parse(receiver.posts[0]?.body ?? '')).toMatchObject({ event: 'test', title: 'This is a test' })
  })
})

describe('the address of a webhook', () => {
  const add = (url: string, allowedHost?: string, resolve?: (host: string) => Promise<never[]>) => {
    const watched = startNotifiedDay(resolve === undefined ? {} : { resolve })
    return watched.admin.webhooks.add({ name: 'x', url, rules: undefined, allowedHost })
  }

  it.each([
    ['http://hooks.example.com/', 'begins with https'],
    ['ftp://hooks.example.com/', 'begins with https'],
    ['https://user:pass@hooks.example.com/', 'cannot hold a user'],
    ['https://127.0.0.1/', 'is not public'],
    ['https://[::1]/', 'is not public'],
    ['https://[::ffff:10.0.0.1]/', 'is not public'],
    ['https://169.254.169.254/latest', 'is not public'],
    ['https://0x7f.1/', 'is not public'],
    ['https://2130706433/', 'is not public'],
    ['https://localhost/', 'is not public'],
    ['nonsense', 'is no URL'],
  ])('cannot be %s', async (url, problem) => {
    await expect(add(url)).rejects.toThrow(problem)
  })

  it('may be a private one that the admin named, and no other', async () => {
    await expect(add('http://127.0.0.1:9/', '10.0.0.1')).rejects.toThrow('The host of the URL is 127.0.0.1')
    const { webhook } = await add('http://127.0.0.1:9/', '127.0.0.1')
    expect(webhook).toMatchObject({ allowsPrivate: true, rules: null })
  })

  it('is looked up again for every message: a name that leads into the own network by then is not called', async () => {
    const receiver = await startReceiver()
    const addresses = ['8.8.8.8', '127.0.0.1']
    const resolve = () => Promise.resolve([{ address: addresses.shift() ?? '127.0.0.1', family: 4 as const }])
    const watched = startNotifiedDay({ resolve })
    await watched.admin.webhooks.add({
      name: 'x',
      url: `https://hooks.example.com:${receiver.port}/`,
      rules: undefined,
      allowedHost: undefined,
    })
    await announce(watched, 1)
    await watched.look()
    expect(receiver.posts).toHaveLength(0)
    expect(watched.admin.outbox.list('waiting', 10)[0]?.problem).toContain('leads to 127.0.0.1, which is not public')
  })
})

describe('a post', () => {
  it.skipIf(!hasOpenssl)(
    'goes over TLS to the address that was looked up, and the certificate must be that of the name',
    async () => {
      const { cert, key } = selfMadeCertificate()
      const server = createServer({ cert, key }, (_request, response) => void response.end('ok'))
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : 0
      const url = new URL(`https://hooks.example.com:${port}/`)
      const sent = post(url, { address: '127.0.0.1', family: 4 }, '{}', {}, AbortSignal.timeout(5000))
      await expect(sent).rejects.toThrow(/self-signed|altnames/i)
      server.close()
    },
  )
})
