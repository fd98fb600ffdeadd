import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { isJsonObject, type JsonValue } from '../../src/scim/json/json.ts'

const Request = z.object({
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.json().nullish(),
})

/** `in` says where to look: `response`, `resource`, `header` or `GET <path>`; each other key is one expectation. */
const Check = z.strictObject({
  in: z.string(),
  pointer: z.string().optional(),
  name: z.string().optional(),
  equals: z.json().optional(),
  exists: z.boolean().optional(),
  absent: z.boolean().optional(),
  nullish: z.boolean().optional(),
  emptyish: z.boolean().optional(),
  length: z.number().optional(),
  type: z.string().optional(),
  includes: z.json().optional(),
  notIncludes: z.json().optional(),
  startsWith: z.string().optional(),
  oneOf: z.array(z.json()).optional(),
})

const Transcript = z.object({
  id: z.string(),
  title: z.string(),
  request: Request,
  before: z.array(Request).default([]),
  seed: z.object({
    users: z.record(z.string(), z.json()).default({}),
    groups: z.record(z.string(), z.looseObject({ membersFromGenerated: z.boolean().optional() })).default({}),
    generate: z.object({ users: z.number(), prefix: z.string() }).optional(),
  }),
  expand: z.object({ pointer: z.string(), count: z.number(), prefix: z.string() }).optional(),
  manual: z.boolean().default(false),
  expect: z.object({
    status: z.number(),
    also_ok: z.array(z.number()).default([]),
    /** A check in words is a remark for people. */
    checks: z.array(z.union([z.string(), Check])),
  }),
})

export type Transcript = z.infer<typeof Transcript>
export type RecordedRequest = z.infer<typeof Request>
export type Check = z.infer<typeof Check>

function readFile(name: string): readonly Transcript[] {
  const text = readFileSync(new URL(name, import.meta.url), 'utf8')
  return z.array(Transcript).parse(JSON.parse(text))
}

/** Everything that `transcripts.json` holds; throws on a key that the replay does not know. */
export function readTranscripts(): readonly Transcript[] {
  return readFile('transcripts.json')
}

/** Everything that `derived.json` holds: further exchanges that follow from what is known of each IdP. */
export function readDerived(): readonly Transcript[] {
  return readFile('derived.json')
}

/** Puts ids and the token in for `{{alice}}` and the like. A name that is not known is a fault of the recording. */
export function fillIn<T>(value: T, names: ReadonlyMap<string, string>): T {
  const text = JSON.stringify(value)
  if (text === undefined) return value
  const filled: T = JSON.parse(
    text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
      const found = names.get(name)
      if (found === undefined) throw new Error(`nothing is named ${name}`)
      return found
    }),
  )
  return filled
}

/** Blows the one-item array at `expand.pointer` up to `count` items, the first standing for `<prefix>1`. */
export function expandBody(body: JsonValue, expand: NonNullable<Transcript['expand']>): JsonValue {
  const grow = (value: JsonValue | undefined, segments: readonly string[]): JsonValue => {
    const [segment, ...rest] = segments
    if (segment === undefined) {
      const template = JSON.stringify(Array.isArray(value) ? value[0] : value)
      return Array.from({ length: expand.count }, (_, index): JsonValue => {
        const item: JsonValue = JSON.parse(
          template.replaceAll(`{{${expand.prefix}1}}`, `{{${expand.prefix}${index + 1}}}`),
        )
        return item
      })
    }
    if (Array.isArray(value))
      return value.map((each: JsonValue, index) => (index === Number(segment) ? grow(each, rest) : each))
    return isJsonObject(value) ? { ...value, [segment]: grow(value[segment], rest) } : null
  }
  return grow(body, expand.pointer.split('/').slice(1))
}
