const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'
const DIGITS = 7

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0')
}

/** The name of seeded user `number`, counted from 1. */
export function seededUserName(number: number): string {
  return userNameOf('seed', number)
}

export function userNameOf(prefix: string, number: number): string {
  return `${prefix}.${padded(number)}@contoso.example`
}

export interface EntraUser {
  readonly userName: string
  readonly externalId: string
  readonly [attribute: string]: unknown
}

/** The create body of Entra ID's default mappings with the enterprise extension, about 1.2 kB of plain ASCII. */
export function entraUser(prefix: string, number: number): EntraUser {
  const digits = padded(number)
  return {
    schemas: [CORE, ENTERPRISE],
    externalId: `${prefix}-${digits}-4b0e`,
    userName: userNameOf(prefix, number),
    active: true,
    displayName: `Robin Sample ${digits}`,
    title: 'Quality Engineer',
    preferredLanguage: 'en-GB',
    name: { formatted: `Robin Sample ${digits}`, familyName: `Sample ${digits}`, givenName: 'Robin' },
    emails: [
      { primary: true, type: 'work', value: userNameOf(prefix, number) },
      { type: 'other', value: `${prefix}.${digits}@mail.example` },
    ],
    phoneNumbers: [
      { type: 'work', value: `+44 20 7946 ${digits}` },
      { type: 'mobile', value: `+44 7700 ${digits}` },
    ],
    addresses: [
      {
        type: 'work',
        formatted: `${digits} Harbour Road, Bristol`,
        streetAddress: `${digits} Harbour Road`,
        locality: 'Bristol',
        region: 'Somerset',
        postalCode: 'BS1 4RW',
        country: 'GB',
      },
      { type: 'other', streetAddress: `${digits} Mill Lane`, locality: 'York', postalCode: 'YO1 7HH', country: 'GB' },
    ],
    [ENTERPRISE]: {
      employeeNumber: digits,
      costCenter: '4130',
      organization: 'Contoso',
      division: 'Platform',
      department: 'Quality',
      manager: { value: '2819c223-7f76-453a-919d-413861904646' },
    },
  }
}
