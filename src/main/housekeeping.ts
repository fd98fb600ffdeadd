import { statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './administration/refusal.ts'
import type { BackupService } from './backup/backup-service.ts'
import { removeHalfRestored } from './data-dir/half-written.ts'
import type { EndpointControl } from './endpoint-control.ts'
import { watchLongLogs } from './long-logs.ts'
import { databaseFileName, journalFileName } from './store/file/database-file-names.ts'
import type { StoreReads } from './store/store-reads.ts'
import { isFromFiles } from './tls/tls-files.ts'
import type { VaultService } from './vault-service.ts'

interface Parts {
  readonly dataDir: string
  readonly reads: StoreReads
  readonly endpoint: EndpointControl
  readonly backups: BackupService
  readonly vaultService: VaultService
  readonly clock: () => number
  readonly onTrouble: (message: string) => void
}

/** Told when it is so close, in days, each once. */
const certificateDays = [0, 1, 7, 14]
const dayMs = 86_400_000
/** How often is looked, in ms. */
const lookEveryMs = 20_000

/** What a server does by itself: backups when they are due, a certificate that was renewed on the disk, a log that grows, the remains of an interrupted move or restoration. */
export function startHousekeeping({
  dataDir,
  reads,
  endpoint,
  backups,
  vaultService,
  clock,
  onTrouble,
}: Parts): () => void {
  removeHalfRestored(dataDir)
  const database = join(dataDir, databaseFileName)
  const journal = join(dataDir, journalFileName)
  const longLogs = watchLongLogs(
    [
      { database, bytes: reads.log.unmoved },
      // Its writer cuts the file back by itself.
      { database: journal, bytes: () => statSync(`${journal}-wal`, { throwIfNoEntry: false })?.size ?? 0 },
    ],
    onTrouble,
  )
  let certificateTrouble = ''
  let toldOfExpiry = ''

  function lookAtExpiry(): void {
    const tls = endpoint.inForce()?.tls
    if (!tls || !isFromFiles(tls)) return
    const left = tls.validTo - clock()
    const step = certificateDays.find((days) => left <= days * dayMs)
    if (step === undefined || toldOfExpiry === `${tls.validTo} ${step}`) return
    toldOfExpiry = `${tls.validTo} ${step}`
    const day = new Date(tls.validTo).toISOString().slice(0, 10)
    onTrouble(
      step === 0 ? `The certificate expired on ${day}. Renew it.` : `The certificate expires on ${day}. Renew it soon.`,
    )
  }

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
    const told = await backups.runWhenDue()
    if (told !== undefined) onTrouble(told)
  }

  async function tidyVault(): Promise<void> {
    const problem = await vaultService.tidy()
    if (problem !== undefined)
      onTrouble(`What a move of the secrets left behind could not be removed; the next start tries again. ${problem}`)
  }

  function look(): void {
    lookAtCertificate()
    lookAtExpiry()
    longLogs.look()
    void lookAtBackups()
  }

  void tidyVault()
  const timer = setInterval(look, lookEveryMs)
  timer.unref()
  look()
  return () => clearInterval(timer)
}
