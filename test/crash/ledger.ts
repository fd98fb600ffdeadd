import { isJsonObject, type JsonObject, type JsonValue } from '../../src/scim/json/json.ts'
import { enterpriseUserSchemaUrn } from '../../src/scim/urn.ts'
import { user } from '../people.ts'

/** A user that was sent. `title` is the last acknowledged one, `maybeTitles` those whose answers never came. */
interface Entry {
  readonly userName: string
  readonly title: string
  readonly maybeTitles: readonly string[]
  readonly isMember: 'yes' | 'no' | 'maybe'
}

/** What the clients were promised, kept outside the server. */
export interface Ledger {
  readonly size: number
  /** Those whose membership was acknowledged. */
  readonly members: readonly string[]
  ids(): readonly string[]
  created(id: string, userName: string, title: string): void
  retitling(id: string, title: string): void
  retitled(id: string, title: string): void
  joining(id: string): void
  joined(id: string): void
  /** What a read of this user contradicts, in words; undefined when nothing. */
  contradiction(id: string, read: JsonValue | undefined): string | undefined
}

/** A body in which every part repeats the userName, so that a half-made user shows. */
export function wholeUser(userName: string, title: string): JsonObject {
  return user({
    userName,
    title,
    displayName: userName,
    externalId: userName,
    emails: [{ type: 'work', value: userName, primary: true }],
    [enterpriseUserSchemaUrn]: { department: userName },
  })
}

/** Whether every part of a user is there. */
export function isWhole(read: JsonObject): boolean {
  const { userName } = read
  const extension = read[enterpriseUserSchemaUrn]
  const [email] = Array.isArray(read['emails']) ? read['emails'] : []
  return (
    read['displayName'] === userName &&
    read['externalId'] === userName &&
    isJsonObject(email) &&
    email['value'] === userName &&
    isJsonObject(extension) &&
    extension['department'] === userName
  )
}

export function createLedger(): Ledger {
  const entries = new Map<string, Entry>()
  const change = (id: string, by: (entry: Entry) => Partial<Entry>) => {
    const entry = entries.get(id)
    if (entry !== undefined) entries.set(id, { ...entry, ...by(entry) })
  }
  return {
    get size() {
      return entries.size
    },
    get members() {
      return [...entries].filter(([, entry]) => entry.isMember === 'yes').map(([id]) => id)
    },
    ids: () => [...entries.keys()],
    created: (id, userName, title) => void entries.set(id, { userName, title, maybeTitles: [], isMember: 'no' }),
    retitling: (id, title) => change(id, ({ maybeTitles }) => ({ maybeTitles: [...maybeTitles, title] })),
    retitled: (id, title) => change(id, () => ({ title, maybeTitles: [] })),
    joining: (id) => change(id, ({ isMember }) => ({ isMember: isMember === 'yes' ? 'yes' : 'maybe' })),
    joined: (id) => change(id, () => ({ isMember: 'yes' })),
    contradiction(id, read) {
      const entry = entries.get(id)
      if (entry === undefined) return undefined
      if (!isJsonObject(read) || read['userName'] !== entry.userName) return `${entry.userName} is lost`
      if (!isWhole(read)) return `${entry.userName} is half-made: ${JSON.stringify(read)}`
      const titles: readonly unknown[] = [entry.title, ...entry.maybeTitles]
      if (!titles.includes(read['title']))
        return `${entry.userName} should be ${entry.title}, is ${JSON.stringify(read['title'])}`
      const groups = read['groups']
      const isMember = Array.isArray(groups) && groups.length > 0
      if (entry.isMember !== 'maybe' && isMember !== (entry.isMember === 'yes'))
        return `${entry.userName}: member ${entry.isMember}, but groups are ${JSON.stringify(groups)}`
      return undefined
    },
  }
}
