import { parentPort, workerData } from 'node:worker_threads'
import { idpIds, type IdpId } from '../../../idp/idp.ts'
import type { KnownIntegration } from './known-integration.ts'
import type { JournalReply, JournalRequest, JournalThreadData } from './journal-message.ts'
import { createCycleTracker } from '../../provisioning/cycles/cycle-tracker.ts'
import { prepareTrackingWrites } from '../../store/journal/tracking.ts'
import { workInBackground } from '../../background.ts'
import { stepBack } from '../../step-back.ts'
import { createJournalWriter } from './journal-writer.ts'
import { createPauses } from './pauses.ts'

/** The journal's thread: stores what the server hands over, tells what the IdPs are doing by it, and tidies between batches. */

/** A little behind those whose answers somebody waits for (docs/decisions/0015), where it cannot work in the background. */
const nicer = 3

function isThreadData(value: unknown): value is JournalThreadData {
  return typeof value === 'object' && value !== null && 'file' in value && 'session' in value && 'settings' in value
}

function isRequest(value: unknown): value is JournalRequest {
  return typeof value === 'object' && value !== null && 'kind' in value
}

function chosenOf(known: readonly KnownIntegration[]): ReadonlyMap<number, IdpId | undefined> {
  return new Map(known.map(({ id, idp }) => [id, idpIds.find((each) => each === idp)]))
}

const port = parentPort
if (port === null || !isThreadData(workerData)) throw new Error('the journal thread is started by the journal')
stepBack(nicer)
const reply = (message: JournalReply) => port.postMessage(message)
let { integrations } = workerData
let chosen = chosenOf(integrations)
let isInBackground = false
const pauses = createPauses()
const writer = createJournalWriter(workerData, {
  now: Date.now,
  uptime: () => performance.now(),
  defer: (work) => void setImmediate(work),
  trouble: (message) => reply({ kind: 'trouble', message }),
  chosenIdp: (integrationId) => (integrationId === undefined ? undefined : chosen.get(integrationId)),
  pauses: {
    begin: pauses.begin,
    between() {
      // In the background it is put off as soon as anybody else wants to work.
      if (!isInBackground) pauses.between()
    },
  },
  observe: workerData.withoutTracking
    ? undefined
    : (connection) => createCycleTracker(prepareTrackingWrites(connection), () => integrations),
})

async function goBack(): Promise<void> {
  const thread = await workInBackground()
  if (thread === undefined) return
  isInBackground = true
  reply({ kind: 'background', thread })
}

const tidying = setInterval(() => writer.tidy(), 1000)

port.on('message', (request: unknown) => {
  if (!isRequest(request)) return
  if (request.kind === 'integrations') {
    ;({ integrations } = request)
    chosen = chosenOf(integrations)
    return
  }
  if (request.kind === 'background') {
    void goBack()
    return
  }
  if (request.kind !== 'close') {
    const answer = writer.take(request)
    if (answer) reply(answer)
    return
  }
  clearInterval(tidying)
  writer.close()
  reply({ kind: 'closed' })
  port.close()
})
