import { existsSync, statSync } from 'node:fs'
import {
  createJournalAppender,
  type AppendObserver,
  type Committed,
  type JournalAppender,
} from '../../store/journal/append.ts'
import { openJournalForWriting } from '../../store/journal/journal-file.ts'
import type { IdpId } from '../../../idp/idp.ts'
import type { JournalRecord } from '../../store/journal/journal-record.ts'
import { createJournalRetention, type JournalRetention } from '../../store/journal/retention.ts'
import { watchPlace } from '../../store/file/file-place.ts'
import type { Connection } from '../../store/file/open-database.ts'
import { toStoreError } from '../../store/store-error.ts'
import { unpackExchanges, type ReceivedExchange } from '../queue/batch.ts'
import { guardObserver, ObserverFault, type GuardedObserver } from './guard-observer.ts'
import type { CreateBatchObserver } from './batch-observer.ts'
import type { JournalReply, JournalRequest, JournalThreadData } from './journal-message.ts'
import type { JournalSettings } from '../journal-settings.ts'
import type { Pauses } from './pauses.ts'
import { gapRecord, prepareRecord, withheldRecord } from './prepare-record.ts'
import { createPlausibleClock, type PlausibleClock } from '../plausible-clock.ts'
import { compileRedactedNames, type RedactedNames } from '../redaction/redacted-names.ts'

const dayInMs = 24 * 60 * 60 * 1000
/** Smaller limits than this would delete what was just written. */
const smallestJournal = 1024 * 1024
/** Under steady load there is no idle moment; so many batches make about as much garbage as one step takes away. */
const batchesBetweenSteps = 4

export interface JournalWriter {
  /** Stores a batch, or takes over settings. Never throws: a batch that cannot be stored is answered with why. */
  take(request: Extract<JournalRequest, { kind: 'batch' | 'configure' }>): JournalReply | undefined
  /** Deletes what is over the limits, gives space back, and keeps the log short; in steps, batches in between. */
  tidy(): void
  close(): void
}

type Batch = Extract<JournalRequest, { kind: 'batch' }>

interface Surroundings {
  readonly now: () => number
  /** Ms, never put back, by which a clock that leaps is found out; without it the clock is believed. */
  readonly uptime?: () => number
  /** Runs something after the messages that wait. */
  readonly defer: (work: () => void) => void
  readonly trouble: (message: string) => void
  /** What looks at every batch; nothing does without it. */
  readonly observe?: CreateBatchObserver | undefined
  /** What an integration is set up for. */
  readonly chosenIdp?: ((integrationId: number | undefined) => IdpId | undefined) | undefined
  /** Lets others work while a batch is being stored. */
  readonly pauses?: Pauses | undefined
}

interface OpenJournal {
  readonly connection: Connection
  readonly appender: JournalAppender
  readonly retention: JournalRetention
  readonly isInPlace: () => boolean
  readonly observer: GuardedObserver | undefined
}

export function createJournalWriter(data: JournalThreadData, surroundings: Surroundings): JournalWriter {
  const { pauses } = surroundings
  let { settings } = data
  let names: RedactedNames = compileRedactedNames(settings.redact)
  let open: OpenJournal | undefined
  let plausible: PlausibleClock | undefined
  let isTidying = false
  let batches = 0

  /** A file that somebody has taken away would go on to take the requests, for nobody to find again. */
  function leaveRemoved(): void {
    if (open === undefined || open.isInPlace()) return
    close()
    surroundings.trouble(`The request log ${data.file} was removed while the server ran. A new one is begun.`)
  }

  /** Opened at the first need and again after a trouble, so that a full disk at the start is no end. */
  function opened(): OpenJournal {
    if (open === undefined) {
      const connection = openJournalForWriting(data.file)
      const retention = createJournalRetention(connection)
      if (surroundings.uptime)
        plausible ??= createPlausibleClock(surroundings.now, surroundings.uptime, retention.newestMoment())
      open = {
        connection,
        appender: createJournalAppender(connection),
        retention,
        isInPlace: watchPlace(connection),
        observer: surroundings.observe && guardObserver(connection, surroundings.observe, surroundings.trouble),
      }
    }
    return open
  }

  function messageOf(error: unknown): string {
    const known = toStoreError(error, data.file)
    return known?.message ?? (error instanceof Error ? error.message : String(error))
  }

  function prepared(exchange: ReceivedExchange): JournalRecord {
    try {
      return prepareRecord(exchange, names, surroundings.chosenIdp?.(exchange.integrationId))
    } catch (error) {
      surroundings.trouble(
        `A request could not be read for the journal and is kept without content: ${messageOf(error)}`,
      )
      return withheldRecord(exchange)
    }
  }

  function* recordsOf(batch: Batch): Generator<JournalRecord> {
    if (batch.gap) yield gapRecord(batch.gap)
    pauses?.begin()
    for (const exchange of unpackExchanges(batch.exchanges)) {
      yield prepared(exchange)
      pauses?.between()
    }
  }

  function append(batch: Batch, observer: AppendObserver | undefined): Committed | undefined {
    return opened().appender.append({ session: data.session, sequence: batch.sequence }, recordsOf(batch), observer)
  }

  function appendObserved(batch: Batch): Committed | undefined {
    try {
      return append(batch, opened().observer?.begin())
    } catch (error) {
      if (error instanceof ObserverFault) return append(batch, undefined)
      throw error
    }
  }

  function store(batch: Batch): JournalReply {
    const { sequence } = batch
    try {
      leaveRemoved()
      return { kind: 'committed', sequence, committed: appendObserved(batch) }
    } catch (error) {
      const message = messageOf(error)
      close()
      return { kind: 'failed', sequence, message }
    }
  }

  function close(): void {
    try {
      open?.connection.close()
    } finally {
      open = undefined
    }
  }

  function mayForget(): boolean {
    return plausible?.isPlausible() ?? true
  }

  function limits({ keepDays, maxBytes }: JournalSettings) {
    const now = surroundings.now()
    return {
      now,
      keepSince: mayForget() ? now - keepDays * dayInMs : 0,
      maxBytes: Math.max(maxBytes, smallestJournal),
    }
  }

  function step(): void {
    if (open === undefined) {
      isTidying = false
      return
    }
    try {
      const hasMore = open.retention.deleteStep(limits(settings)) || open.retention.shrinkStep()
      if (hasMore) surroundings.defer(step)
      else isTidying = false
    } catch (error) {
      isTidying = false
      surroundings.trouble(`The journal could not be tidied: ${messageOf(error)}`)
    }
  }

  function deleteSome(): void {
    try {
      open?.retention.deleteStep(limits(settings))
    } catch (error) {
      surroundings.trouble(`The journal could not be tidied: ${messageOf(error)}`)
    }
  }

  /** A journal from before the start is looked after also while no request comes. */
  function openedIfThere(): OpenJournal | undefined {
    if (open !== undefined || !existsSync(data.file)) return open
    try {
      return opened()
    } catch {
      return undefined // whoever stores the next batch tells why
    }
  }

  function tidy(): void {
    const journal = isTidying ? undefined : openedIfThere()
    if (journal === undefined) return
    isTidying = true
    journal.observer?.tick(surroundings.now(), mayForget())
    try {
      const log = statSync(`${data.file}-wal`, { throwIfNoEntry: false })
      journal.retention.checkpointWhenLarge(log?.size ?? 0)
    } catch (error) {
      surroundings.trouble(`The journal could not be tidied: ${messageOf(error)}`)
    }
    step()
  }

  return {
    take(request) {
      if (request.kind === 'configure') {
        ;({ settings } = request)
        names = compileRedactedNames(settings.redact)
        return undefined
      }
      const answer = store(request)
      batches += 1
      if (batches % batchesBetweenSteps === 0 && !isTidying) deleteSome()
      return answer
    },
    tidy,
    close,
  }
}
