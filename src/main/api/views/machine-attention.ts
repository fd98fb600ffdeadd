import type { Attention } from '../../../contract/overview.ts'
import type { Engine } from '../../engine.ts'
import { isFromFiles } from '../../tls/tls-files.ts'

const soonMs = 14 * 86_400_000

/** What a person should see to about the server itself: a disk that is full, a certificate that runs out, a backup that failed. */
export function machineAttention({ endpoint, reads, clock }: Engine): readonly Attention[] {
  const tls = endpoint.inForce()?.tls
  const { notStored, notRecorded } = endpoint.troubles()
  const [last] = reads.backupRuns.newest(1)
  return [
    ...(notStored ? [{ kind: 'not-stored' as const, ...notStored }] : []),
    ...(notRecorded === undefined ? [] : [{ kind: 'not-recorded' as const, problem: notRecorded }]),
    ...(tls && isFromFiles(tls) && tls.validTo - clock() < soonMs
      ? [{ kind: 'certificate-expires' as const, at: tls.validTo }]
      : []),
    ...(last && last.problem !== null ? [{ kind: 'backup-failed' as const, problem: last.problem }] : []),
  ]
}
