import type { Command, Outcome, ScimCommand } from './command.ts'

/*
 * Commands and outcomes as they cross between the threads: flat lists. What an IdP writes, and the answer to it, is taken apart into its
 * fields, since texts and numbers cross in a third of the time that objects take; what is rarer crosses as the object it is.
 */

type Field = string | number | undefined
export type PackedCommands = readonly (Field | Command)[]
export type PackedOutcomes = readonly (Field | Outcome)[]

const fieldsOfScim = 11
const fieldsOfAnswer = 7

/** The commands, each with the id under which its outcome is awaited, as a list that `unpackCommands` takes apart. */
export function packCommands(commands: readonly (readonly [number, Command])[]): PackedCommands {
  const packed: (Field | Command)[] = []
  for (const [id, command] of commands) {
    if (command.kind !== 'scim') {
      packed.push(id, command)
      continue
    }
    const { integrationId, method, resource, body, query, ifMatch, ifNoneMatch, base, requestId, now } = command
    packed.push(id, undefined, integrationId, method, resource, command.id, body, query, ifMatch)
    packed.push(ifNoneMatch, base, requestId, now)
  }
  return packed
}

/** The commands with their ids, in order. */
export function unpackCommands(packed: PackedCommands): readonly (readonly [number, Command])[] {
  const commands: (readonly [number, Command])[] = []
  for (let at = 0; at < packed.length;) {
    const id = number(packed[at])
    const command = packed[at + 1]
    at += 2
    if (typeof command === 'object') commands.push([id, command])
    else {
      commands.push([id, scimCommand(packed, at)])
      at += fieldsOfScim
    }
  }
  return commands
}

function scimCommand(packed: PackedCommands, at: number): ScimCommand {
  return {
    kind: 'scim',
    integrationId: number(packed[at]),
    method: methodOf(packed[at + 1]),
    resource: packed[at + 2] === 'Group' ? 'Group' : 'User',
    id: optionalText(packed[at + 3]),
    body: optionalText(packed[at + 4]),
    query: text(packed[at + 5]),
    ifMatch: optionalText(packed[at + 6]),
    ifNoneMatch: optionalText(packed[at + 7]),
    base: text(packed[at + 8]),
    requestId: text(packed[at + 9]),
    now: number(packed[at + 10]),
  }
}

function methodOf(value: unknown): ScimCommand['method'] {
  if (value === 'POST' || value === 'PUT' || value === 'PATCH' || value === 'DELETE') return value
  throw new Error('a command without a method')
}

/** The outcomes, each with the id of its command, as a list that `unpackOutcomes` takes apart. */
export function packOutcomes(outcomes: readonly (readonly [number, Outcome])[]): PackedOutcomes {
  const packed: (Field | Outcome)[] = []
  for (const [id, outcome] of outcomes) {
    if (outcome.kind !== 'answer' || outcome.answer.lacksMembers) {
      packed.push(id, outcome)
      continue
    }
    const { status, body, etag, location, resourceId, matched } = outcome.answer
    packed.push(id, undefined, status, body, etag, location, resourceId, matched, outcome.notes)
  }
  return packed
}

/** Hands on each outcome with the id of its command, in order. */
export function unpackOutcomes(packed: PackedOutcomes, take: (id: number, outcome: Outcome) => void): void {
  for (let at = 0; at < packed.length;) {
    const id = number(packed[at])
    const outcome = packed[at + 1]
    at += 2
    if (typeof outcome === 'object') take(id, outcome)
    else {
      take(id, answerOf(packed, at))
      at += fieldsOfAnswer
    }
  }
}

function answerOf(packed: PackedOutcomes, at: number): Outcome {
  return {
    kind: 'answer',
    answer: {
      status: number(packed[at]),
      body: optionalText(packed[at + 1]),
      etag: optionalText(packed[at + 2]),
      location: optionalText(packed[at + 3]),
      resourceId: optionalText(packed[at + 4]),
      matched: optionalNumber(packed[at + 5]),
    },
    notes: text(packed[at + 6]),
  }
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function optionalNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
