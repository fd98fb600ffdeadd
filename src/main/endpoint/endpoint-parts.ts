import type { DirectoryConfig, Integration } from '../directory/directory-config.ts'
import type { LookupPlace } from '../store/configuration/lookup-indexes.ts'
import type { StoreReads } from '../store/store-reads.ts'
import type { CommandQueue } from '../writer/threaded-writer.ts'
import type { Authenticator } from './authentication/authenticator.ts'
import type { CostlyReads } from './reads/costly-reads.ts'
import type { EndpointLimits } from './endpoint-limits.ts'
import type { RateLimiter } from './rate-limiter.ts'
import type { ReadOutage } from './outages/read-outage.ts'
import type { StorageOutage } from './outages/storage-outage.ts'
import type { WrongTokenThrottle } from './authentication/wrong-token-throttle.ts'

/** What the endpoint works with. */
export interface EndpointParts {
  readonly reads: StoreReads
  readonly writer: Pick<CommandQueue, 'execute'>
  readonly authenticator: Pick<Authenticator, 'authenticate'>
  readonly costlyReads: CostlyReads
  readonly throttle: WrongTokenThrottle
  readonly rateLimiter: RateLimiter
  readonly storage: StorageOutage
  readonly unread: ReadOutage
  readonly limits: EndpointLimits
  readonly clock: () => number
  /** The configuration in force. */
  config(): DirectoryConfig
  /** Whether another process has changed the configuration since, or what it has changed is still being taken over. */
  isStale(): boolean
  /** Lets the next read see what has been committed by now. */
  endSnapshot(): void
  /** Takes over what has changed. */
  refresh(): Promise<void>
  /** The SCIM base URL of an integration, without a trailing slash. */
  baseOf(integration: Integration): string
  onTokenUsed(tokenId: number, integrationId: number, now: number, isFirst: boolean): void
  /** A lookup of users by an attribute that has no index, in a large directory. */
  onLookup(directoryId: number, place: LookupPlace): void
  onBug(requestId: string, stack: string): void
}
