/** Parts by their attribute, whose `value` is called otherwise in each, and by their own name. */
const labels: Readonly<Record<string, string>> = {
  'emails.value': 'Address',
  'phoneNumbers.value': 'Number',
  'ims.value': 'Address',
  'photos.value': 'URL',
  'x509Certificates.value': 'Certificate',
  'manager.value': 'id of the manager',
  value: 'Value',
  display: 'Shown as',
  displayName: 'Display name',
  type: 'Kind',
  $ref: 'URL',
  formatted: 'As one text',
  givenName: 'Given name',
  middleName: 'Middle name',
  familyName: 'Family name',
  honorificPrefix: 'Before the name',
  honorificSuffix: 'After the name',
  streetAddress: 'Street',
  locality: 'Town',
  region: 'Region',
  postalCode: 'Postal code',
  country: 'Country',
}

/** What a part of an attribute is called in a form: `Address` for the `value` of `emails`. One that is in no standard keeps its name. */
export function partLabel(attribute: string, part: string): string {
  return labels[`${attribute}.${part}`] ?? labels[part] ?? part
}
