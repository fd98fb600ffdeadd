import type { CustomAttribute } from '../../../contract/attributes.ts'

type Type = CustomAttribute['type']

/** The types as a person calls them, in the order in which they are offered. */
export const typeNames: { readonly [Name in Type]: string } = {
  string: 'Text',
  boolean: 'Yes or no',
  integer: 'Whole number',
  decimal: 'Decimal number',
  dateTime: 'Date and time',
  reference: 'Reference (URL)',
}

/** `Text`, `Whole number, several`. */
export function typeText({ type, multiValued }: Pick<CustomAttribute, 'type' | 'multiValued'>): string {
  return multiValued ? `${typeNames[type]}, several` : typeNames[type]
}
