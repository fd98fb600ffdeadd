import { createModels } from '../../scim/model/models.ts'
import { createNotes } from '../../scim/note.ts'
import type { JsonObject } from '../../scim/json/json.ts'
import { enterpriseUserSchemaUrn, userSchemaUrn } from '../../scim/urn.ts'
import { createRandom, type SeededRandom } from '../../../test/seeded-random.ts'
import { defaultPolicy } from '../directory/policy.ts'
import { insertUser } from '../directory/write/user-record.ts'
import { openWriterConnection } from '../store/file/database-files.ts'
import { prepareStoreWrites } from '../store/store-writes.ts'
import { prepareTransactions } from '../store/transactions.ts'

const givenNames = [
  'Ada',
  'Björn',
  'Chloé',
  'Dmitri',
  'Élodie',
  'Françoise',
  'Gökhan',
  'Håkon',
  'Íris',
  'Jürgen',
  'Katarzyna',
  'Łukasz',
  'Mária',
  'Ñusta',
  'Øyvind',
  'Pelé',
  'Reneé',
  'Søren',
  'Þóra',
  'Umut',
  'Wanda',
  'Ирина',
  'Ελένη',
  '太郎',
]

const familyNames = [
  'Smith',
  'Müller',
  'García',
  'Nguyễn',
  'Kowalski',
  'Ångström',
  "O'Neill",
  'Yılmaz',
  'Straße',
  'Dvořák',
  'de la Cruz',
  'Ionescu',
  'Jensen',
  'Иванов',
  'Παπαδόπουλος',
  '田中',
  'Østergård',
  'Fernández',
  'Lefèvre',
  'Tóth',
]

const invalidAddresses = [
  'n/a',
  'unknown@',
  '@corp.example',
  'two@at@corp.example',
  'blank in@corp.example',
  'jo@localhost',
]

/** How a generated directory is to be converted. */
const corpDomain = 'corp.example'

/** What becomes of a generated user. */
export type Fate = 'converts' | 'conflict' | 'invalid'

export interface GeneratedPerson {
  readonly userName: string
  readonly address: string
  readonly fate: Fate
  readonly resource: JsonObject
}

/** A letter of the Latin alphabet at the place of one in another form that Unicode holds for equal. */
function fullWidth(text: string): string {
  return text.replaceAll(/[a-z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
}

function addressOf(number: number, fate: Fate, random: SeededRandom): string {
  if (fate === 'invalid') return random.pick(invalidAddresses)
  // Those in conflict come in pairs: the second has the first one's address, spelt in another way.
  const owner = fate === 'conflict' ? number - (number % 2) : number
  const address = `person.${String(owner).padStart(7, '0')}@${corpDomain}`
  if (owner === number) return address
  return random.pick([address, address.toUpperCase(), `${fullWidth(address.split('@')[0] ?? '')}@${corpDomain}`])
}

/**
 * The people of a directory that grew up with short user IDs: names of many scripts, two in a hundred in conflict with each other and one in
 * a hundred with an address that is none. The same seed gives the same people.
 */
export function* generatePeople(count: number, seed: number): Generator<GeneratedPerson> {
  const random = createRandom(seed)
  for (let number = 0; number < count; number += 1) {
    const givenName = random.pick(givenNames)
    const familyName = random.pick(familyNames)
    const place = number % 200
    const fate: Fate =
      place < 4 && number - (place % 2) + 1 < count
        ? 'conflict'
        : place === 50 || place === 150
          ? 'invalid'
          : 'converts'
    const address = addressOf(number, fate, random)
    const letter = random.pick('a b c d e f g h i j k l m n o p q r s t u v w x y z ä ö ü ß é'.split(' '))
    const userName = `${letter}${random.pick(['smith', 'müller', 'GARCIA', 'nguyen', 'yılmaz', 'iwanow'])}${number}`
    yield {
      userName,
      address,
      fate,
      resource: {
        schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
        userName,
        active: number % 17 !== 0,
        displayName: `${givenName} ${familyName}`,
        title: random.pick(['Engineer', 'Nurse', 'Teacher', 'Clerk', 'Pilot']),
        name: { formatted: `${givenName} ${familyName}`, givenName, familyName },
        emails: [
          { type: 'work', value: address, primary: true },
          { type: 'home', value: `home${number}@mail.example` },
        ],
        phoneNumbers: [{ type: 'work', value: `tel:+44-20-7946-${String(number).padStart(7, '0')}` }],
        addresses: [
          {
            type: 'work',
            streetAddress: `${number} Harbour Road`,
            locality: 'Bristol',
            postalCode: 'BS1 4RW',
            country: 'GB',
          },
        ],
        [enterpriseUserSchemaUrn]: { employeeNumber: String(number), department: random.pick(['Sales', 'Care', 'IT']) },
      },
    }
  }
}

/** Users of one transaction. */
const atOnce = 5000

/** Writes generated people into a data directory that has been initialised, straight into its store; returns their ids in order. */
export function seedPeople(
  dataDir: string,
  count: number,
  seed: number,
  onBatch?: (done: number) => void,
): readonly string[] {
  const connection = openWriterConnection(dataDir)
  try {
    const store = prepareStoreWrites(connection)
    const transactions = prepareTransactions(connection, store.positions)
    const scope = {
      store,
      models: createModels([]),
      indexes: [],
      directoryId: store.directories.bySlug('main')?.id ?? 0,
      integrationId: undefined,
      actor: 'generator',
      requestId: undefined,
      now: Date.parse('2026-01-01T00:00:00Z'),
      base: '',
      policy: defaultPolicy,
    }
    const ids: string[] = []
    transactions.begin()
    for (const { resource } of generatePeople(count, seed)) {
      const now = scope.now + ids.length
      ids.push(insertUser({ ...scope, now, notes: createNotes() }, resource, { source: 'local', role: 'user' }).id)
      if (ids.length % atOnce !== 0) continue
      transactions.commit()
      onBatch?.(ids.length)
      transactions.begin()
    }
    transactions.commit()
    return ids
  } finally {
    connection.close()
  }
}
