import type { IntegrationStatus } from '../../../contract/provisioning.ts'
import { amountText, numberText } from '../../components/text/amount-text.ts'

/** How far from quarantine, as a sentence; undefined for an IdP that has none, and while nothing has failed. */
export function quarantineText({ quarantine, idpSpoken }: IntegrationStatus): string | undefined {
  if (quarantine === null) return undefined
  const { isSuspected, because, failures, judgedFrom, tooManyShare, failuresLeft } = quarantine
  if (isSuspected) return `Quarantine suspected. ${because.join(' ')}`
  const share = `${Math.round(tooManyShare * 100)} %`
  if (failuresLeft === 0)
    return `${amountText(failures, 'failure')} in the cycle: ${idpSpoken} judges by their share now, and more than ${share} is too many.`
  if (failures === 0) return undefined
  return `${amountText(failures, 'failure')} in the cycle. ${idpSpoken} goes into quarantine at ${numberText(judgedFrom)} of them, if they are more than ${share} of its changes, or as soon as most of its changes fail.`
}
