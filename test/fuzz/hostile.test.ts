import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { errorUrn } from '../../src/scim/urn.ts'
import { group, user } from '../people.ts'
import { createRandom } from '../seeded-random.ts'
import { startServer } from '../server.ts'
import { createHostileRequests, type HostileRequest } from './hostile-requests.ts'
import { openRawConnection, type Outcome, type RawAnswer, type RawConnection } from './raw-connection.ts'

const requests = 20_000
const connections = 16
const patience = 15_000
const residentLimitMiB = 512

const server = await startServer()
afterAll(server.stop)
const { scim } = server
const url = new URL(scim.base)
const port = Number(url.port)

const random = createRandom()
const userId = await scim.create('/Users', user())
const groupId = await scim.create('/Groups', group('Target', [userId]))
const nextRequest = createHostileRequests(random, { path: url.pathname, token: scim.token, userId, groupId })

const ScimShaped = z.looseObject({ schemas: z.array(z.string()).min(1) })

/** What is wrong with an answer, or undefined. A 501 is an answer (RFC 7644 §3.11); every other 5xx is a fault. */
function fault(answer: RawAnswer): string | undefined {
  if (!(answer.status >= 200 && answer.status < 500) && answer.status !== 501) return `status ${answer.status}`
  if (answer.body === '') return undefined
  if (!/^application\/(scim\+)?json/.test(answer.headers.get('content-type') ?? ''))
    return 'body is not declared as SCIM'
  try {
    return ScimShaped.safeParse(JSON.parse(answer.body)).success ? undefined : 'body has no schemas'
  } catch {
    return 'body is not JSON'
  }
}

function describeFault({ kind, bytes }: HostileRequest, what: string, outcome: Outcome): string {
  const seen = typeof outcome === 'string' ? outcome : `${outcome.status} ${outcome.body.slice(0, 300)}`
  return `${kind}: ${what} (${seen}) after ${bytes.toString('utf8').slice(0, 600)}`
}

/**
 * Sends one hostile request and reads what it is owed. Returns whether the server hung up on it, which it may do
 * between two requests of a kept connection, and on bytes that are no HTTP.
 */
async function shoot(connection: RawConnection, shot: HostileRequest, faults: string[]): Promise<boolean> {
  connection.write(shot.bytes)
  // Bytes that are no whole request are owed no answer once they are all, but if one comes it must be in shape.
  if (shot.answers === 0) connection.end()
  const owed = Math.max(1, shot.answers)
  for (let i = 0; i < owed; i++) {
    const outcome = await connection.answer(patience, shot.isHead)
    if (outcome === 'silent') faults.push(describeFault(shot, 'no answer', outcome))
    if (typeof outcome === 'string') return outcome === 'closed'
    const wrong = fault(outcome)
    if (wrong !== undefined) faults.push(describeFault(shot, wrong, outcome))
  }
  return false
}

async function shootMany(count: number, faults: string[]): Promise<void> {
  let connection = openRawConnection(port)
  const renew = () => {
    connection.close()
    connection = openRawConnection(port)
  }
  for (let i = 0; i < count && faults.length < 20; i++) {
    if (!connection.isOpen) renew()
    const shot = nextRequest()
    const hungUp = await shoot(connection, shot, faults)
    if (hungUp && shot.spoilsConnection !== true) {
      renew()
      if (await shoot(connection, shot, faults))
        faults.push(describeFault(shot, 'hung up on a new connection', 'closed'))
    }
    if (shot.spoilsConnection === true) renew()
  }
  connection.close()
}

function residentMiB(): number {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]
  return Number(kib) / 1024
}

/** Whether the server still does its work: a write and two reads. */
async function isAtWork(): Promise<boolean> {
  const id = await scim.create('/Users', user())
  const reads = await Promise.all([scim.get(`/Users/${id}`), scim.get(`/Groups/${groupId}`)])
  return reads.every((each) => each.status === 200)
}

describe(`hostile clients (SEED=${random.seed})`, () => {
  test(`${requests} malformed requests get SCIM-shaped answers, none a 500`, { timeout: 300_000 }, async () => {
    const faults: string[] = []
    await Promise.all(Array.from({ length: connections }, () => shootMany(requests / connections, faults)))
    expect(faults.slice(0, 20)).toEqual([])
    expect(await isAtWork()).toBe(true)
  })

  test('a body over the limit is refused without being read to its end', async () => {
    const connection = openRawConnection(port)
    connection.write(
      `POST ${url.pathname}/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${scim.token}\r\nContent-Type: application/scim+json\r\nContent-Length: 99999999999\r\n\r\n{"userName":"`,
    )
    const outcome = await connection.answer(patience)
    connection.close()
    expect(outcome).toMatchObject({ status: 413, body: expect.stringContaining(errorUrn) })
  })

  test('an endless chunked body is cut off at the limit', async () => {
    const connection = openRawConnection(port)
    connection.write(
      `POST ${url.pathname}/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${scim.token}\r\nContent-Type: application/scim+json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    )
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    for (let i = 0; i < 80 && connection.isOpen; i++) connection.write(chunk)
    const outcome = await connection.answer(patience)
    connection.close()
    expect(outcome).toMatchObject({ status: 413 })
  })

  test('clients that send a byte now and then hold nobody up', async () => {
    const slow = Array.from({ length: 50 }, () => openRawConnection(port))
    for (const each of slow) each.write(`POST ${url.pathname}/Users HTTP/1.1\r\nHost: x\r\nContent-Le`)
    expect(await isAtWork()).toBe(true)
    for (const each of slow) each.write('n')
    expect(await isAtWork()).toBe(true)
    for (const each of slow) each.close()
  })

  test('connections that are broken off in mid-body leave nothing behind', async () => {
    const before = (await scim.get('/Users?count=0')).at('/totalResults')
    const body = JSON.stringify(user())
    for (let i = 0; i < 100; i++) {
      const connection = openRawConnection(port)
      connection.write(
        `POST ${url.pathname}/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${scim.token}\r\nContent-Type: application/scim+json\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, -1)}`,
      )
      await connection.answer(1)
      connection.close()
    }
    expect((await scim.get('/Users?count=0')).at('/totalResults')).toBe(before)
  })

  test(`memory stays under ${residentLimitMiB} MiB, and the server goes on`, async () => {
    expect(await isAtWork()).toBe(true)
    expect(residentMiB()).toBeLessThan(residentLimitMiB)
  })
})
