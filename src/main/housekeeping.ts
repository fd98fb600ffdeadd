import { Refusal } from './administration/refusal.ts'
import type { BackupService } from './backup/backup-service.ts'
import type { EndpointControl } from './endpoint-control.ts'
import type { VaultService } from './vault-service.ts'

interface Parts {
  readonly endpoint: EndpointControl
  readonly backups: BackupService
  readonly vaultService: VaultService
  readonly onTrouble: (message: string) => void
}

/** How often is looked, in ms. */
const lookEveryMs = 20_000

/** What a server does by itself: backups when they are due, a certificate that was renewed on the disk, the remains of an interrupted move. */
export function startHousekeeping({ endpoint, backups, vaultService, onTrouble }: Parts): () => void {
  let certificateTrouble = ''

  function lookAtCertificate(): void {
    try {
      if (endpoint.renewCertificate(false) === 'renewed') onTrouble('The certificate was renewed, and is in use.')
      certificateTrouble = ''
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // Told once; the certificate before stays in use.
      if (error.message !== certificateTrouble) onTrouble(`${error.message} The certificate before stays in use.`)
      certificateTrouble = error.message
    }
  }

  async function lookAtBackups(): Promise<void> {
    const problem = await backups.runWhenDue()
    if (problem !== undefined) onTrouble(`The backup failed: ${problem}`)
  }

  function look(): void {
    lookAtCertificate()
    void lookAtBackups()
  }

  void vaultService.tidy()
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  look()
  return () => clearInterval(timer)
}
