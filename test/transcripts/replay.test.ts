import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import type { Answer } from '../client.ts'
import type { JsonValue } from '../../src/scim/json/json.ts'
import { user } from '../people.ts'
import { startServer } from '../server.ts'
import { unmet } from './check.ts'
import { emptyDirectory } from '../empty-directory.ts'
import { forEachAtOnce } from '../at-once.ts'
import {
  expandBody,
  fillIn,
  readDerived,
  readTranscripts,
  type Check,
  type RecordedRequest,
  type Transcript,
} from './transcript.ts'

const server = await startServer({ customAttribute: true })
afterAll(server.stop)
const { scim } = server

type Names = Map<string, string>

async function seed(wanted: Transcript['seed'], names: Names): Promise<void> {
  for (const [alias, body] of Object.entries(wanted.users))
    names.set(alias, await scim.create('/Users', fillIn(body, names)))
  const generated = Array.from({ length: wanted.generate?.users ?? 0 }, (_, i) => `${wanted.generate?.prefix}${i + 1}`)
  await forEachAtOnce(generated, async (alias) => {
    names.set(alias, await scim.create('/Users', user({ userName: `${alias}@example.com`, externalId: alias })))
  })
  for (const [alias, { membersFromGenerated = false, ...body }] of Object.entries(wanted.groups)) {
    const members = Array.isArray(body['members']) ? body['members'] : []
    const more = membersFromGenerated ? generated.map((each) => ({ value: `{{${each}}}` })) : []
    names.set(alias, await scim.create('/Groups', fillIn({ ...body, members: [...members, ...more] }, names)))
  }
}

function send(request: RecordedRequest, names: Names, expand?: Transcript['expand']): Promise<Answer> {
  const { method, path, headers } = fillIn({ ...request, body: undefined }, names)
  if (request.body === null || request.body === undefined) return scim.send(method, path, undefined, headers)
  const body: JsonValue = expand === undefined ? request.body : expandBody(request.body, expand)
  return scim.send(method, path, fillIn(body, names), headers)
}

/** The resource that a request was about: its own path, or for a create what was made. */
function resourcePath({ request }: Transcript, answer: Answer, names: Names): string {
  const path = fillIn(request.path, names).replace(/\?.*/, '')
  return request.method === 'POST' ? `${path}/${answer.textAt('/id')}` : path
}

async function valueAt(check: Check, transcript: Transcript, answer: Answer, names: Names) {
  if (check.in === 'header') return answer.headers.get(check.name ?? '') ?? undefined
  if (check.in === 'response') return answer.at(check.pointer ?? '')
  const path = check.in === 'resource' ? resourcePath(transcript, answer, names) : check.in.replace(/^GET /, '')
  return (await scim.get(path)).at(check.pointer ?? '')
}

/** What is not as recorded, in words. A 204 has no body to look at. */
async function faults(transcript: Transcript, answer: Answer, names: Names): Promise<readonly string[]> {
  const found: string[] = []
  for (const recorded of transcript.expect.checks) {
    if (typeof recorded === 'string' || (recorded.in === 'response' && answer.status === 204)) continue
    const check = fillIn(recorded, names)
    const value = await valueAt(check, transcript, answer, names)
    for (const each of unmet(check, value)) found.push(`${each}: ${JSON.stringify(check)} but ${JSON.stringify(value)}`)
  }
  return found
}

describe('what identity providers send gets the answer they need', () => {
  beforeEach(() => emptyDirectory(scim))

  const replayed = [...readTranscripts(), ...readDerived()].filter((each) => !each.manual)

  test.each(replayed)('$id: $title', async (transcript) => {
    const names: Names = new Map([['token', scim.token]])
    await seed(transcript.seed, names)
    for (const request of transcript.before) await send(request, names)

    const answer = await send(transcript.request, names, transcript.expand)

    expect(answer).toSatisfy(
      ({ status }: Answer) => status === transcript.expect.status || transcript.expect.also_ok.includes(status),
    )
    expect(await faults(transcript, answer, names)).toEqual([])
  })
})
