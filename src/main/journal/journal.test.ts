import { spawnSync } from 'node:child_process'
import { threadBundle } from '../../../test/thread-bundles.ts'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBlock } from '../store/journal/block.ts'
import { exchange } from './exchange.fixture.ts'
import type { Exchange } from './exchange.ts'
import { exportHar } from './export/export-har.ts'
import { exportNdjson } from './export/export-ndjson.ts'
import { openJournalReader, type JournalPage, type JournalReader } from './search/journal-reader.ts'
import type { JournalSettings } from './journal-settings.ts'
import { openJournal, type Journal } from './journal.ts'
import { atOnce } from '../steps.ts'

/** Where no thread works in the background. */
const withoutBackground = availableParallelism() < 2 || spawnSync('chrt', ['-i', '0', 'true']).status !== 0
const threadUrl = threadBundle('journal-thread')
let directory: string
let file: string
const closing: (() => Promise<void> | void)[] = []
const troubles: string[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rollcall-journal-'))
  file = join(directory, 'journal.db')
})

afterEach(async () => {
  for (const close of closing.splice(0)) await close()
  rmSync(directory, { recursive: true })
  troubles.length = 0
})

function start(settings: Partial<JournalSettings> = {}): Journal {
  const journal = openJournal({ file, threadUrl, settings, onTrouble: (message) => void troubles.push(message) })
  closing.push(() => journal.close())
  return journal
}

function reader(): JournalReader {
  const opened = openJournalReader(file)
  closing.push(() => opened.close())
  return opened
}

function ids(page: JournalPage): readonly number[] {
  return page.entries.map(({ id }) => id)
}

function random(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(6000))).toString('base64')
}

async function recordAll(journal: Journal, ...exchanges: readonly Exchange[]): Promise<void> {
  for (const each of exchanges) journal.record(each)
  await journal.flush()
}

describe('the journal', () => {
  it('reads as empty before anything was recorded', () => {
    const empty = openJournalReader(join(directory, 'none.db'))
    expect(empty.page({ limit: 10 })).toEqual({ entries: [], next: undefined })
    expect(empty.get(1)).toBeUndefined()
    expect(empty.newestId()).toBe(0)
    expect([...exportNdjson(empty.details())]).toEqual([])
  })

  it('shows an exchange with its content, classified and explained', async () => {
    const sent = exchange()
    await recordAll(start(), sent)
    const journal = reader()
    const [entry] = journal.page({ limit: 10 }).entries
    expect(entry).toMatchObject({
      requestId: sent.requestId,
      classification: 'create user',
      idp: 'okta',
      certainty: 'certain',
      requestBytes: sent.requestBody?.length,
      requestBodyState: 'whole',
      isRedacted: false,
    })
    const detail = journal.get(sent.requestId)
    expect(detail?.content).toMatchObject({
      requestBody: sent.requestBody,
      responseBody: sent.responseBody,
      requestHeaders: [
        { name: 'host', value: 'scim.example.com' },
        { name: 'user-agent', value: 'Okta SCIM Client 1.0.0' },
        { name: 'content-type', value: 'application/scim+json' },
      ],
    })
    expect(detail?.content?.trace[0]?.sentence).not.toBe('')
    expect(journal.get(entry?.id ?? 0)).toEqual(detail)
    expect(troubles).toEqual([])
  })

  it('announces what it committed', async () => {
    const journal = start()
    const seen: unknown[] = []
    const stop = journal.onCommitted((committed) => seen.push(committed))
    await recordAll(journal, exchange(), exchange())
    stop()
    await recordAll(journal, exchange())
    expect(seen).toEqual([{ firstId: 1, lastId: 2 }])
  })

  it('pages, follows and finds by every condition', async () => {
    const journal = start()
    const many = Array.from({ length: 300 }, () => exchange())
    const failed = exchange({
      status: 404,
      method: 'GET',
      integrationSlug: 'entra',
      endpoint: 'Groups',
      at: 1000 + Date.now(),
    })
    const noted = exchange({ requestBody: '{"displayName":"Zoë Quixote"}', resourceId: 'user-of-interest' })
    await recordAll(journal, ...many, failed, noted)
    const log = reader()
    const first = log.page({ limit: 2 })
    expect(ids(first)).toEqual([302, 301])
    expect(ids(log.page({ limit: 2, before: first.next ?? 0 }))).toEqual([300, 299])
    expect(ids(log.follow(300, 10))).toEqual([301, 302])
    const find = (where: Parameters<JournalReader['follow']>[2]) => ids(log.page({ limit: 10, where: where ?? {} }))
    expect(find({ status: '4xx' })).toEqual([301])
    expect(find({ status: '404' })).toEqual([301])
    expect(find({ status: '5xx' })).toEqual([])
    expect(find({ integration: 'entra' })).toEqual([301])
    expect(find({ method: 'get', endpoint: 'groups' })).toEqual([301])
    expect(find({ resource: 'user-of-interest' })).toEqual([302])
    expect(find({ text: 'ZOË QUIX' })).toEqual([302])
    expect(find({ classification: 'read' })).toEqual([301])
    expect(find({ since: failed.at })).toEqual([301])
    expect(find({ until: 1000 })).toEqual([])
    expect(log.get(many[7]?.requestId ?? '')?.id).toBe(8)
    expect(() => find({ status: 'bad' })).toThrow('bad is not a status')
  })

  it('finds a text however Unicode spells it, there and in the question', async () => {
    const bodies = ['Zoë', 'Zoë'.normalize('NFD')].map((name) => `{"displayName":"${name} Quixote"}`)
    await recordAll(start(), ...bodies.map((requestBody) => exchange({ requestBody })), exchange())
    const find = (text: string) => ids(reader().page({ limit: 10, where: { text } }))
    expect(find('ZOË')).toEqual([2, 1])
    expect(find('zoë'.normalize('NFD'))).toEqual([2, 1])
    expect(find('quixote')).toEqual([2, 1])
  })

  it('cuts a long body and tells its full size', async () => {
    await recordAll(start(), exchange({ responseBody: `{"a":"${'ä'.repeat(300_000)}"}` }))
    const detail = reader().get(1)
    expect(detail?.responseBodyState).toBe('cut')
    expect(detail?.responseBytes).toBe(600_008)
    expect(detail?.content?.responseBody).toHaveLength(256 * 1024)
  })

  it('never lets a secret reach the file', async () => {
    const journal = start({ redact: ['urn:example:acme:2.0:User:ssn'] })
    const secret = 'S3CR3T-9f2c'
    await recordAll(
      journal,
      exchange({
        status: 400,
        target: `/scim/okta/v2/Users?filter=pass%77ord+eq+%22${secret}%22`,
        requestHeaders: `authorization: Bearer ${secret}`,
        requestBody: String.raw`{"pass\u0077ord":"${secret}","urn:example:acme:2.0:User":{"SSN":"${secret}"}}`,
        responseHeaders: `set-cookie: ${secret}`,
        responseBody: `{"detail":"${secret} is too short"}`,
        trace: `[{"step":"rule","code":"too-short","path":"password","seen":"${secret}"}]`,
      }),
      exchange({ requestBody: `{"password":"${secret}` }),
    )
    await journal.close()
    for (const name of readdirSync(directory)) expect(readFileSync(join(directory, name)).includes(secret)).toBe(false)
    const connection = new Database(file, { readonly: true })
    const data: unknown = connection.prepare('SELECT data FROM blocks').pluck().get()
    connection.close()
    expect(
      Buffer.from(openBlock(data instanceof Uint8Array ? data : new Uint8Array(), 2).texts()).toString(),
    ).not.toContain(secret)
    expect(reader().get(1)?.isRedacted).toBe(true)
  })

  it('names whom a creation that failed was about, unless that is kept out of the log', async () => {
    const journal = start()
    const failed = { status: 409, resourceId: undefined }
    await recordAll(journal, exchange(failed), exchange())
    journal.configure({ redact: ['userName'] })
    await recordAll(journal, exchange(failed))
    const { entries } = reader().page({ limit: 10 })
    expect(entries.map(({ subject }) => subject)).toEqual([undefined, undefined, expect.stringMatching(/^alice\d+@/)])
  })

  it('takes what an integration is set up for as a better guess than one by habits, and not as more', async () => {
    const journal = start()
    journal.knowIntegrations([{ id: 1, slug: 'okta', idp: 'okta', isLetIn: true }])
    const read = {
      method: 'GET',
      target: '/scim/okta/v2/Users?count=1',
      resourceId: undefined,
      requestBody: undefined,
      requestHeaders: '',
    }
    await recordAll(
      journal,
      exchange(read),
      exchange({ ...read, integrationId: 2 }),
      exchange({ ...read, target: '/scim/okta/v2/Users' }),
      exchange({ ...read, requestHeaders: 'user-agent: authentik@2026.2.0' }),
    )
    const { entries } = reader().page({ limit: 10 })
    expect(entries.map(({ idp, certainty }) => `${idp} ${certainty}`).toReversed()).toEqual([
      'okta guess',
      'cyberark guess',
      'generic guess',
      'authentik likely',
    ])
    expect(reader().get(1)?.content?.idpBecause).toBe('This may be Okta: the integration is set up for it.')
  })

  it('redacts what is configured while it runs', async () => {
    const journal = start()
    journal.configure({ redact: ['title'] })
    await recordAll(journal, exchange({ requestBody: '{"title":"Director"}' }))
    expect(reader().get(1)?.content?.requestBody).toBe('{"title":"[redacted]"}')
  })

  it('deletes what is older than it should keep, and never gives an id twice', async () => {
    const journal = start({ keepDays: 1 })
    const old = Array.from({ length: 200 }, () => exchange({ at: 1 }))
    await recordAll(journal, ...old)
    await recordAll(journal, exchange())
    await recordAll(journal, exchange())
    await recordAll(journal, exchange())
    const log = reader()
    expect(log.page({ limit: 500 }).entries.map(({ id }) => id)).toEqual([203, 202, 201])
    expect(log.newestId()).toBe(203)
  })

  it('stays within its size', async () => {
    const journal = start({ maxBytes: 2 * 1024 * 1024 })
    for (let round = 0; round < 20; round++)
      await recordAll(journal, ...Array.from({ length: 64 }, () => exchange({ responseBody: `{"a":"${random()}"}` })))
    await journal.close()
    const connection = new Database(file, { readonly: true })
    const used = Number(connection.prepare('SELECT sum(length(data)) FROM blocks').pluck().get())
    connection.close()
    expect(used).toBeLessThan(3 * 1024 * 1024)
    expect(reader().page({ limit: 1 }).entries[0]?.id).toBe(1280)
  })

  it('goes on, says so once, and stores what it kept when the file becomes writable', async () => {
    mkdirSync(file) // a folder in the file's place: it cannot be opened
    const journal = start()
    await recordAll(journal, exchange())
    await recordAll(journal, exchange())
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).toMatch(/^Requests are not being recorded: /)
    rmSync(file, { recursive: true })
    await journal.close()
    expect(troubles).toHaveLength(2)
    expect(reader().page({ limit: 10 }).entries).toHaveLength(2)
  })

  it.skipIf(withoutBackground)(
    'gives what a thread cannot do beside programs that take all processors to one in the foreground',
    async () => {
      const hogs = Array.from({ length: availableParallelism() }, () => new Worker('for (;;);', { eval: true }))
      closing.push(async () => void (await Promise.all(hogs.map((each) => each.terminate()))))
      const starving = new URL(
        `data:text/javascript,${encodeURIComponent(`
        import { execFileSync } from 'node:child_process'
        import { readlinkSync } from 'node:fs'
        import { basename } from 'node:path'
        import { parentPort } from 'node:worker_threads'
        let isInBackground = false
        parentPort.on('message', ({ kind, sequence }) => {
          if (kind === 'close') return parentPort.close()
          if (kind === 'background') {
            const thread = basename(readlinkSync('/proc/thread-self'))
            execFileSync('chrt', ['-i', '-p', '0', thread])
            isInBackground = true
            return parentPort.postMessage({ kind: 'background', thread: Number(thread) })
          }
          if (isInBackground) for (;;);
          const committed = { firstId: sequence, lastId: sequence }
          parentPort.postMessage({ kind: 'committed', sequence, committed })
        })`)}`,
      )
      const journal = openJournal({ file, threadUrl: starving, onTrouble: (message) => void troubles.push(message) })
      closing.push(() => journal.close())
      const committed: number[] = []
      journal.onCommitted(({ lastId }) => void committed.push(lastId))
      await recordAll(journal, ...Array.from({ length: 256 * 52 }, () => exchange()))
      expect(committed).toEqual(Array.from(committed, (_, n) => n + 1))
      expect(committed.length).toBeGreaterThan(50)
      expect(troubles).toEqual([])
    },
  )

  it('lets the endpoint go on when its thread cannot start', async () => {
    const journal = openJournal({
      file,
      threadUrl: new URL('./no-such-thread.ts', import.meta.url),
      onTrouble: (message) => void troubles.push(message),
    })
    await recordAll(journal, exchange())
    journal.record(exchange())
    await journal.close()
    expect(troubles).toHaveLength(1)
    expect(troubles[0]).toContain('thread stopped')
  })

  it('tells what is damaged by its file, wherever it is read', async () => {
    const journal = start()
    for (let n = 0; n < 300; n += 1) journal.record(exchange())
    await journal.close()
    const bytes = readFileSync(file)
    // All but the first page, which says what the file is and what is in it.
    writeFileSync(file, bytes.fill(0x7f, 4096))
    const read = reader()
    const damaged = `The request log ${file} is damaged.`
    expect(() => read.page({ limit: 500 })).toThrow(damaged)
    expect(() => read.follow(0, 500)).toThrow(damaged)
    expect(() => read.get(7)).toThrow(damaged)
    expect(() => atOnce(read.count({}))).toThrow(damaged)
    expect(() => [...read.details()]).toThrow(damaged)
  })

  it.skipIf(process.platform === 'win32')('begins anew when its file is taken away, and says so', async () => {
    const journal = start()
    await recordAll(journal, exchange())
    const read = reader()
    expect(read.page({ limit: 10 }).entries).toHaveLength(1)
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
    await recordAll(journal, exchange())
    await recordAll(journal, exchange())
    expect(troubles).toEqual([`The request log ${file} was removed while the server ran. A new one is begun.`])
    for (const each of [read, reader()]) expect(each.page({ limit: 10 }).entries).toHaveLength(2)
  })

  it('keeps what was recorded when the process goes on in a second run', async () => {
    const first = start()
    await recordAll(first, exchange())
    await first.close()
    await recordAll(start(), exchange())
    expect(
      reader()
        .page({ limit: 10 })
        .entries.map(({ id }) => id),
    ).toEqual([2, 1])
  })
})

describe('the exports', () => {
  it('write a HAR 1.2 that holds every exchange, markup as data', async () => {
    const target = '/scim/okta/v2/Users?filter=a%20eq%20%22%3Cb%3E%22&count=1'
    await recordAll(
      start(),
      exchange({ requestBody: '{"displayName":"</script>=1+1"}' }),
      exchange({ target, method: 'GET', requestBody: undefined }),
    )
    const har: unknown = JSON.parse([...exportHar(reader().details(), { version: '1.0.0' })].join(''))
    expect(har).toMatchObject({
      log: {
        version: '1.2',
        creator: { name: 'Rollcall', version: '1.0.0' },
        entries: [
          {
            time: 1.5,
            request: {
              method: 'POST',
              url: 'http://scim.example.com/scim/okta/v2/Users',
              httpVersion: 'HTTP/1.1',
              cookies: [],
              postData: { mimeType: 'application/scim+json', text: '{"displayName":"</script>=1+1"}' },
              headersSize: -1,
            },
            response: {
              status: 201,
              statusText: 'Created',
              redirectURL: '',
              content: { mimeType: 'application/scim+json' },
            },
            cache: {},
            timings: { send: 0, wait: 1.5, receive: 0 },
            _rollcall: { classification: 'create user', integration: 'okta' },
          },
          {
            request: {
              url: `http://scim.example.com${target}`,
              queryString: [
                { name: 'filter', value: 'a eq "<b>"' },
                { name: 'count', value: '1' },
              ],
            },
          },
        ],
      },
    })
  })

  it('write one JSON object a line', async () => {
    await recordAll(start(), ...Array.from({ length: 300 }, () => exchange()))
    const lines = [...exportNdjson(reader().details({ status: '2xx' }))]
    expect(lines).toHaveLength(300)
    expect(JSON.parse(lines[299] ?? '')).toMatchObject({ id: 300, content: { trace: [{ code: 'created' }] } })
  })
})
