import { addressParts } from './email-address.ts'

const mostTries = 98

/** The target with the first number behind its name that makes it free: `jo.smith2@example.com`. Undefined where a hundred are taken. */
export function suggestTarget(target: string, isFree: (key: string) => boolean): string | undefined {
  const { local, domain } = addressParts(target) ?? { local: target, domain: undefined }
  for (let number = 2; number < 2 + mostTries; number += 1) {
    const tried = domain === undefined ? `${local}${number}` : `${local}${number}@${domain}`
    if (isFree(tried)) return tried
  }
  return undefined
}
