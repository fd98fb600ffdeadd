import { expect, it } from 'vitest'
import type { Command, Outcome } from './command.ts'
import { packCommands, packOutcomes, unpackCommands, unpackOutcomes } from './packed-messages.ts'

const scim: Command = {
  kind: 'scim',
  integrationId: 3,
  method: 'PUT',
  resource: 'Group',
  id: 'g',
  body: '{}',
  query: 'attributes=id',
  ifMatch: undefined,
  base: 'https://scim.example.com/scim/entra/v2',
  requestId: 'r-1',
  now: 5,
}

const commands: readonly (readonly [number, Command])[] = [
  [1, { ...scim, id: undefined, method: 'POST', resource: 'User' }],
  [2, { kind: 'token-use', uses: [{ tokenId: 1, at: 2 }], now: 3 }],
  [3, { ...scim, ifMatch: '*', ifNoneMatch: 'W/"1"' }],
  [4, { kind: 'bulk', integrationId: 1, body: '{}', base: '', requestId: 'r', now: 1 }],
]

const outcomes: readonly (readonly [number, Outcome])[] = [
  [1, { kind: 'refused', problem: 'No.', reason: 'other', fields: [{ path: 'name', problem: 'No.' }] }],
  [
    2,
    {
      kind: 'answer',
      answer: { status: 201, body: '{}', etag: 'W/"1"', location: 'l', resourceId: 'i', matched: undefined },
      notes: '{"step":"change","code":"created"}',
    },
  ],
  [3, { kind: 'scim-error', status: 409, scimType: 'uniqueness', detail: 'taken', notes: '' }],
  [
    4,
    {
      kind: 'answer',
      answer: {
        status: 204,
        body: undefined,
        etag: undefined,
        location: undefined,
        resourceId: undefined,
        matched: undefined,
      },
      notes: '',
    },
  ],
]

it('brings commands of every kind to the writer, in order', () => {
  expect(unpackCommands(structuredClone(packCommands(commands)))).toEqual(commands)
})

it('brings outcomes of every kind back, in order', () => {
  const taken: (readonly [number, Outcome])[] = []
  unpackOutcomes(structuredClone(packOutcomes(outcomes)), (id, outcome) => taken.push([id, outcome]))
  expect(taken).toEqual(outcomes)
})
