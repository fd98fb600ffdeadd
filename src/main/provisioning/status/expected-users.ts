import type { StoreReads } from '../../store/store-reads.ts'

/** The setting that holds how many users the admin expects of an integration. */
export function expectedUsersSetting(integrationId: number): string {
  return `expected_users:${integrationId}`
}

export function expectedUsersOf(reads: StoreReads, integrationId: number): number | undefined {
  const text = reads.settings.get(expectedUsersSetting(integrationId))
  const count = Number(text)
  return text !== undefined && text !== '' && Number.isSafeInteger(count) ? count : undefined
}
