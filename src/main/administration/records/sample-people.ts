import { enterpriseUserSchemaUrn, userSchemaUrn } from '../../../scim/urn.ts'
import type { Resource } from '../../../scim/json/json.ts'

/** A domain that can never be anybody's (RFC 2606 §3). */
const sampleDomain = 'sample.example'

/** A person of the sample organisation. */
interface SamplePerson {
  readonly given: string
  readonly family: string
  readonly title: string
  readonly department: string
  readonly isInactive?: boolean
}

const person = (given: string, family: string, title: string, department: string): SamplePerson => ({
  given,
  family,
  title,
  department,
})

export const samplePeople: readonly SamplePerson[] = [
  person('Ana', 'Moss', 'Head of engineering', 'Engineering'),
  person('Bilal', 'Haddad', 'Software engineer', 'Engineering'),
  person('Chloé', 'Fournier', 'Software engineer', 'Engineering'),
  person('Dmitri', 'Orlov', 'Site reliability engineer', 'Engineering'),
  person('Efua', 'Mensah', 'Software engineer', 'Engineering'),
  person('Felix', 'Brandt', 'Quality engineer', 'Engineering'),
  person('Grace', 'Okafor', 'Product manager', 'Product'),
  person('Hiroshi', 'Tanaka', 'Product designer', 'Product'),
  person('Inés', 'Calderón', 'User researcher', 'Product'),
  person('Jonas', 'Lindqvist', 'Technical writer', 'Product'),
  person('Kavya', 'Raman', 'Head of sales', 'Sales'),
  person('Liam', 'O’Connor', 'Account executive', 'Sales'),
  person('Mei', 'Zhang', 'Account executive', 'Sales'),
  person('Noor', 'Rahimi', 'Sales engineer', 'Sales'),
  person('Oscar', 'Pereira', 'Account executive', 'Sales'),
  person('Paula', 'Nowak', 'Sales operations', 'Sales'),
  person('Quentin', 'Dubois', 'Head of finance', 'Finance'),
  person('Rosa', 'Esposito', 'Accountant', 'Finance'),
  person('Samir', 'Khoury', 'Controller', 'Finance'),
  person('Tuuli', 'Korhonen', 'Payroll', 'Finance'),
  person('Uma', 'Iyer', 'Head of people', 'People'),
  person('Viktor', 'Hansen', 'Recruiter', 'People'),
  person('Wanjiru', 'Kamau', 'People partner', 'People'),
  person('Ximena', 'Rojas', 'Office manager', 'People'),
  person('Yusuf', 'Demir', 'IT administrator', 'IT'),
  person('Zofia', 'Wójcik', 'IT support', 'IT'),
  person('Adaeze', 'Nwosu', 'IT support', 'IT'),
  person('Bruno', 'Keller', 'Security engineer', 'IT'),
  { ...person('Carla', 'Vitale', 'Contractor', 'Engineering'), isInactive: true },
  { ...person('Diego', 'Suárez', 'Contractor', 'Sales'), isInactive: true },
]

/** The groups, and which departments are in each. */
export const sampleGroups: ReadonlyMap<string, readonly string[]> = new Map([
  ['Sample: Everyone', ['Engineering', 'Product', 'Sales', 'Finance', 'People', 'IT']],
  ['Sample: Engineering', ['Engineering']],
  ['Sample: Sales', ['Sales']],
  ['Sample: Back office', ['Finance', 'People']],
  ['Sample: VPN users', ['Engineering', 'IT']],
])

/** `Chloé` → `chloe`: what is left of a name in an address. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[^a-zA-Z]/g, '')
    .toLowerCase()
}

/** The person as SCIM would send it. */
export function sampleResource(
  { given, family, title, department, isInactive }: SamplePerson,
  number: number,
): Resource {
  const address = `${plain(given)}.${plain(family)}@${sampleDomain}`
  return {
    schemas: [userSchemaUrn, enterpriseUserSchemaUrn],
    userName: address,
    name: { givenName: given, familyName: family, formatted: `${given} ${family}` },
    displayName: `${given} ${family}`,
    title,
    userType: 'Sample',
    active: isInactive !== true,
    emails: [{ value: address, type: 'work', primary: true }],
    [enterpriseUserSchemaUrn]: { employeeNumber: `S${String(number).padStart(3, '0')}`, department },
  }
}
