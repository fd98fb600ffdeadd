import { describe, expect, it } from 'vitest'
import { at } from '../../../test/json-pointer.ts'
import { unmet } from '../../../test/transcripts/check.ts'
import { expandBody, readTranscripts, type Transcript } from '../../../test/transcripts/transcript.ts'
import { isJsonObject, type JsonValue, type Resource } from '../json/json.ts'
import { createModels } from '../model/models.ts'
import { normalizeResource } from '../normalize/normalize.ts'
import { createNotes } from '../note.ts'
import { applyPatch } from './apply-patch.ts'
import { isMembersOperation, memberChange, type MemberChange } from './member-change.ts'
import { parsePatch } from './parse-patch.ts'

const acme = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User'
const models = createModels([{ name: 'costBucket', type: 'string', multiValued: false, urn: acme }])

/** Those that a change of one resource decides; the others need a server that has more than it. */
function isAlone(transcript: Transcript): boolean {
  const { seed, request } = transcript
  const name = /\{\{(\w+)\}\}$/.exec(request.path)?.[1] ?? ''
  const isSuccess = transcript.expect.status < 300
  return (
    isSuccess && request.method === 'PATCH' && (Object.hasOwn(seed.users, name) || Object.hasOwn(seed.groups, name))
  )
}

function changeMembers(members: readonly string[], change: MemberChange): readonly string[] {
  if (change.kind === 'removeAll') return []
  if (change.kind === 'removeWhere') throw new Error('no transcript does this')
  const given = new Set(change.values)
  if (change.kind === 'replace') return change.values
  const others = members.filter((each) => !given.has(each))
  return change.kind === 'remove' ? others : [...others, ...change.values]
}

function memberIds({ members }: Resource): readonly string[] {
  const list: readonly JsonValue[] = Array.isArray(members) ? members : []
  return list.map((each) => (isJsonObject(each) && typeof each['value'] === 'string' ? each['value'] : ''))
}

/** What a read of the resource would show after the request. */
function replay({ seed, request, expand }: Transcript): Resource {
  const isUser = request.path.startsWith('/Users')
  const model = isUser ? models.user : models.group
  const name = /\{\{(\w+)\}\}/.exec(request.path)?.[1] ?? ''
  const notes = createNotes()
  const seeded: unknown = isUser ? seed.users[name] : seed.groups[name]
  const created = normalizeResource(model, seeded, { notes, purpose: 'create' })
  const generated = seed.generate
  const isFull = !isUser && seed.groups[name]?.membersFromGenerated === true
  let members = memberIds(created)
  if (isFull && generated !== undefined) {
    members = [...members, ...Array.from({ length: generated.users }, (_, i) => `{{${generated.prefix}${i + 1}}}`)]
  }
  const { members: _, ...before } = created
  const body = expand === undefined ? request.body : expandBody(request.body ?? null, expand)
  const operations = parsePatch(model, body, notes)
  const after = applyPatch(model, before, operations, notes)
  for (const each of operations) if (isMembersOperation(each)) members = changeMembers(members, memberChange(each))
  return members.length === 0 ? after : { ...after, members: members.map((value) => ({ value })) }
}

describe('recorded PATCH requests', () => {
  it.each(
    readTranscripts()
      .filter(isAlone)
      .map((each) => [each.id, each.title, each] as const),
  )('%s: %s', (_id, _title, transcript) => {
    const resource = replay(transcript)
    const failures = transcript.expect.checks.flatMap((each) =>
      typeof each !== 'string' && each.in === 'resource' ? unmet(each, at(resource, each.pointer ?? '')) : [],
    )
    expect(failures).toEqual([])
  })
})
