import { jsonIn } from '../../scim/json/json.ts'
import type { JournalReader } from './search/journal-reader.ts'
import { redactBody } from './redaction/redact-body.ts'
import { compileRedactedNames } from './redaction/redacted-names.ts'

export interface RedactionPreview {
  readonly looked: number
  readonly affected: number
  readonly example: {
    readonly title: string
    readonly isMadeUp: boolean
    readonly before: string
    readonly after: string
  }
}

const lookedAt = 200
const longestExample = 20_000

/** A person with a bit of everything, for a log that is empty. */
const madeUp = JSON.stringify({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'],
  userName: 'ana.moss@example.com',
  externalId: '8d3f1a52',
  name: { givenName: 'Ana', familyName: 'Moss', formatted: 'Ana Moss' },
  displayName: 'Ana Moss',
  title: 'Engineer',
  active: true,
  password: 'a secret',
  emails: [{ type: 'work', value: 'ana.moss@example.com', primary: true }],
  phoneNumbers: [{ type: 'mobile', value: '+1 555 0100' }],
  addresses: [{ type: 'work', locality: 'Lisbon', country: 'PT' }],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { employeeNumber: '1042', department: 'Research' },
})

/** What the log would not store with these attributes redacted, shown on the newest request that has one of them. Nothing is changed. */
export function previewRedaction(journal: JournalReader, paths: readonly string[]): RedactionPreview {
  const names = compileRedactedNames(paths)
  const hidden = (body: string) => redactBody(body, names, () => undefined).text ?? ''
  // Redacting writes a body anew; what was only laid out otherwise has not changed. A body that is no JSON is compared as it is.
  const isHiddenIn = (body: string) => ![body, JSON.stringify(jsonIn(body))].includes(hidden(body))
  let looked = 0
  let affected = 0
  let example: RedactionPreview['example'] | undefined
  for (const { id, classification } of journal.page({ limit: lookedAt }).entries) {
    const content = journal.get(id)?.content
    const bodies = [content?.requestBody, content?.responseBody].filter((body) => body !== undefined && body !== '')
    looked += 1
    const changed = bodies.find((body) => body !== undefined && isHiddenIn(body))
    if (changed === undefined) continue
    affected += 1
    if (changed.length <= longestExample)
      example ??= { title: classification, isMadeUp: false, before: changed, after: hidden(changed) }
  }
  return {
    looked,
    affected,
    example: example ?? { title: 'a made-up person', isMadeUp: true, before: madeUp, after: hidden(madeUp) },
  }
}
