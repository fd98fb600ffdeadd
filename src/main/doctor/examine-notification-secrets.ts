import { smtpPasswordName, smtpSettingsOf } from '../notify/mail/smtp-settings.ts'
import { webhookSecretName } from '../notify/webhook/sign.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { Vault } from '../vault/vault.ts'
import { problem, type Finding } from './finding.ts'

/** Whether the vault holds what mail and webhooks are sent with: after a restore on another machine it does not. */
export async function examineNotificationSecrets(
  reads: StoreReads,
  vault: Pick<Vault, 'get'>,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const smtp = smtpSettingsOf(reads)
  if (smtp?.user !== undefined && (await vault.get(smtpPasswordName)) === undefined)
    findings.push(
      problem(
        'mail',
        'The vault does not know the password of the mail server, so no mail is sent. Give it again under Notifications › Mail, or: rollcall notify smtp set --help',
      ),
    )
  for (const { id, name } of reads.webhooks.all())
    if ((await vault.get(webhookSecretName(id))) === undefined)
      findings.push(
        problem(
          `webhook ${name}`,
          `The vault does not know its secret, so nothing is posted. Issue a new one for the receiver: rollcall notify webhooks edit ${name} --new-secret`,
        ),
      )
  return findings
}
