import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { amountText, numberText } from '../../components/amount-text.ts'

/** How far from quarantine, as a sentence; undefined for an IdP that has none. */
export function quarantineText({ quarantine, idpName }: IntegrationStatus): string | undefined {
  if (quarantine === null) return undefined
  const { isSuspected, because, failures, judgedFrom, tooManyShare, failuresLeft } = quarantine
  if (isSuspected) return `Quarantine suspected. ${because.join(' ')}`
  const share = `${Math.round(tooManyShare * 100)} %`
  if (failuresLeft === 0)
    return `${amountText(failures, 'failure')} in the cycle: ${idpName} judges by their share now, and more than ${share} is too many.`
  return `${failures === 0 ? 'No failure' : amountText(failures, 'failure')} in the cycle; ${numberText(failuresLeft)} more until ${idpName} judges by their share (from ${numberText(judgedFrom)} on, more than ${share}), or at once when most of its requests fail.`
}
