import { dirname } from 'node:path'
import { loadDirectoryConfig } from '../directory/directory-config.ts'
import { placeText } from '../directory/read/place-text.ts'
import { tokenSecretName } from '../vault/token-secret.ts'
import { adviceOnAccess } from '../store/file/advice-on-access.ts'
import { isClosed } from '../store/file/closed-part.ts'
import type { StoreReads } from '../store/store-reads.ts'
import { openVault, vaultFileOf, type OpenedVault } from '../vault/open-vault.ts'
import type { Vault } from '../vault/vault.ts'
import { kinds } from '../store/resources/resource-kind.ts'
import { amount } from '../text/amount.ts'
import { relativeTime } from '../text/moment-text.ts'
import { examineNotificationSecrets } from './examine-notification-secrets.ts'
import { fine, problem, reasonOf, warning, type Finding } from './finding.ts'

const soonMs = 14 * 86_400_000

/** By what attributes users are found at once beside those that always have an index. */
function examineIndexes(reads: StoreReads, directoryId: number, check: string): readonly Finding[] {
  const indexes = reads.lookupIndexes.ofDirectory(directoryId).filter(({ state }) => state !== 'declined')
  if (indexes.length === 0) return []
  const texts = indexes.map((index) => {
    if (index.state === 'building')
      return `${placeText(index)} (${reads.lookupIndexes.percentBuilt(index)} % made; a server goes on with it)`
    return index.state === 'dropping' ? `${placeText(index)} (being removed)` : placeText(index)
  })
  return [fine(check, `Users are found at once by ${texts.join(', ')} too.`)]
}

/** Who may act for the integrations, and how much there is. */
export function examineDirectory(reads: StoreReads): readonly Finding[] {
  const integrations = [...loadDirectoryConfig(reads).integrations.values()]
  const directories = reads.directories.all()
  const findings = directories.flatMap((directory) => {
    const users = reads.lists.total(directory.id, kinds.User)
    const groups = reads.lists.total(directory.id, kinds.Group)
    const held = fine(
      directories.length > 1 ? `contents of ${directory.slug}` : 'contents',
      `${amount(users, 'user')} that SCIM sees, ${amount(groups, 'group')}, ${amount(integrations.filter((each) => each.directoryId === directory.id).length, 'integration')}.`,
    )
    const name = directories.length > 1 ? `indexes of ${directory.slug}` : 'indexes'
    const found = [held, ...examineIndexes(reads, directory.id, name)]
    return reads.rosters.activeAdministrators(directory.id) > 0
      ? found
      : [
          ...found,
          problem('administrators', 'There is no active Administrator. Restore one: rollcall users restore WHO'),
        ]
  })
  for (const { slug, administratorProblem } of integrations)
    if (administratorProblem !== undefined) findings.push(problem(`integration ${slug}`, administratorProblem))
  return findings
}

/** Whether everything that was to be told has been. */
export function examineNotifications(reads: StoreReads): readonly Finding[] {
  const dead = reads.outbox.depth().reduce((sum, each) => sum + (each.state === 'dead' ? each.messages : 0), 0)
  if (dead === 0) return []
  return [
    warning(
      'notifications',
      `${amount(dead, 'message')} could not be delivered. See why, then try again: rollcall notify outbox list --state dead`,
    ),
  ]
}

/** A vault that could be read; a file has to be written too, by whoever issues a token. */
export function examineOpened(dataDir: string, { kind, why }: Omit<OpenedVault, 'vault'>): Finding {
  const file = vaultFileOf(dataDir)
  const closed = kind === 'file' ? [dirname(file), file].find(isClosed) : undefined
  return closed === undefined
    ? fine('vault', `Usable. ${why}`)
    : problem(
        'vault',
        `${closed} cannot be written by this user, so no token can be issued. ${adviceOnAccess(closed, 'Give it write access.')}`,
      )
}

/** Whether the vault opens, and whether it holds the tokens that are in use. Nothing is made or changed. */
export async function examineSecrets(dataDir: string, reads: StoreReads, now: number): Promise<readonly Finding[]> {
  const kind = reads.settings.get('vault_kind')
  if (kind !== 'keychain' && kind !== 'file')
    // There are integrations without a vault after a restore that could not open one: their tokens are nowhere then.
    return [
      fine('vault', 'Not chosen yet: the first integration does that, see --vault.'),
      ...(await examineHeld(reads, { get: () => Promise.resolve(undefined) }, now)),
    ]
  try {
    const opened = await openVault({ dataDir, vaultId: reads.settings.get('vault_id') ?? '', remembered: kind })
    return [examineOpened(dataDir, opened), ...(await examineHeld(reads, opened.vault, now))]
  } catch (error) {
    return [problem('vault', reasonOf(error))]
  }
}

/** Whether the vault holds what is in use: tokens, and the secrets of notifications. */
export async function examineHeld(
  reads: StoreReads,
  vault: Pick<Vault, 'get'>,
  now: number,
): Promise<readonly Finding[]> {
  return [...(await examineTokens(reads, vault, now)), ...(await examineNotificationSecrets(reads, vault))]
}

async function examineTokens(reads: StoreReads, vault: Pick<Vault, 'get'>, now: number): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const usable = reads.tokens.usable().filter((token) => token.state === 'active')
  for (const { id, slug, enabled } of reads.integrations.all()) {
    const token = usable.find((each) => each.integration_id === id)
    const check = `token of ${slug}`
    const renew = `Issue a new one: rollcall tokens rotate ${slug}`
    if (!token) {
      if (enabled === 1) findings.push(warning(check, `There is none, so nobody gets in. ${renew}`))
    } else if ((await vault.get(tokenSecretName(token.prefix))) === undefined)
      findings.push(problem(check, `The vault does not know it, so every request gets 401. ${renew}`))
    else if (token.expires_at !== null && token.expires_at <= now)
      findings.push(problem(check, `It expired ${relativeTime(token.expires_at, now)}. ${renew}`))
    else if (token.expires_at !== null && token.expires_at - now < soonMs)
      findings.push(warning(check, `It expires ${relativeTime(token.expires_at, now)}. ${renew} --overlap 24h`))
  }
  return findings
}
