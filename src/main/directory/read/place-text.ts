import type { LookupPlace } from '../../store/configuration/lookup-indexes.ts'

/** How an attribute is named where an index of it is. */
export function placeText({ extension, attribute, sub_attribute: sub }: LookupPlace): string {
  return `${extension === '' ? '' : `${extension}:`}${attribute}${sub === '' ? '' : `.${sub}`}`
}
