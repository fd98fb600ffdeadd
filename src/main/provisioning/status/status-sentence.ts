import { momentMark } from '../../../contract/spoken-moment.ts'
import { spokenName } from '../../../idp/catalogue.ts'
import type { IdpId } from '../../../idp/idp.ts'
import type { Rhythm } from '../../../idp/rhythm.ts'
import { unreachable } from '../../../scim/unreachable.ts'
import { countedWords, kindWords } from './counted-words.ts'
import { durationOf, type Cycle } from '../cycles/cycle.ts'
import type { Expectation } from '../cycles/expectation.ts'
import { failingWords, type FailingCounts } from '../failures/failing-counts.ts'
import type { IntegrationState, IntegrationSwitches } from './integration-state.ts'
import type { Refusals } from '../cycles/integration-track.ts'
import type { QuarantineRisk } from '../failures/quarantine.ts'
import { refusalWords } from '../failures/refusal-words.ts'
import { spokenAmount } from './spoken-amount.ts'
import { spokenDuration } from './spoken-time.ts'

/** What the sentence is made of. */
export interface Spoken {
  readonly state: IntegrationState
  readonly switches: IntegrationSwitches
  readonly idp: IdpId
  readonly rhythm: Rhythm
  readonly pausedAt: number | undefined
  readonly refusals: Refusals | undefined
  /** Those of clients that are not the IdP's. */
  readonly strangers: Refusals | undefined
  readonly lastAcceptedAt: number | undefined
  readonly running: Cycle | undefined
  readonly last: Cycle | undefined
  readonly expectation: Expectation
  readonly failing: FailingCounts
  readonly quarantine: QuarantineRisk | undefined
}

function nextWords({ nextAt }: Expectation, now: number): string {
  if (nextAt === undefined || nextAt < now) return ''
  return ` · next expected about ${momentMark(nextAt)}`
}

function refusedWords(refusals: Refusals): string {
  const { count, since, reason } = refusals
  return `${spokenAmount(count, 'request')} refused since ${momentMark(since)}: ${refusalWords(reason)}.`
}

/** What says nothing about the IdP is told behind what does. */
function strangersWords(strangers: Refusals | undefined): string {
  if (strangers === undefined) return ''
  return ` · ${spokenAmount(strangers.count, 'request')} of another client with a wrong token refused`
}

/** What is wrong, where what was last shows nothing of it: an import behind a cycle in which all failed. */
function beforeIt({ running, last, failing, quarantine }: Spoken): string {
  if (((running ?? last)?.activity.counts.failed ?? 0) > 0) return ''
  const [because] = quarantine?.isSuspected === true ? quarantine.because : []
  return [failing.users + failing.groups > 0 ? `${failingWords(failing)}. ` : '', because ? `${because} ` : ''].join('')
}

function whatHappened(spoken: Spoken, now: number): string {
  const { running, last, expectation } = spoken
  const who = spokenName(spoken.idp)
  if (running !== undefined) {
    const words = countedWords(running.kind, running.activity.counts)
    return `${kindWords(running.kind)} from ${who}, running for ${spokenDuration(durationOf(running, now))}: ${words}${nextWords(expectation, now)}`
  }
  if (last === undefined)
    return `${who.charAt(0).toUpperCase()}${who.slice(1)} has sent requests, but nothing to be told by them yet.`
  const ended = spokenDuration(now - (last.activity.endedAt ?? last.activity.lastAt))
  const words = countedWords(last.kind, last.activity.counts)
  if (last.kind === 'connection-test')
    return `Connection test from ${who} ${ended} ago: it got in.${nextWords(expectation, now)}`
  const what = `${kindWords(last.kind)} from ${who}, ended ${ended} ago: ${words}`
  return spoken.rhythm.kind === 'events' ? `${what} · silence is normal` : `${what}${nextWords(expectation, now)}`
}

function silenceWords({ expectation, idp, lastAcceptedAt }: Spoken, now: number): string {
  const who = spokenName(idp)
  const every =
    expectation.intervalMs === undefined ? 'regular cycles' : `cycles every ${spokenDuration(expectation.intervalMs)}`
  return `Nothing from ${who} for ${spokenDuration(now - (lastAcceptedAt ?? now))}, after ${every}: it was stopped, or runs once a day (quarantine).`
}

/** How an integration is, as a sentence that can be read aloud, with marks for its moments. */
export function statusSentence(spoken: Spoken, now: number): string {
  const who = spokenName(spoken.idp)
  const { refusals } = spoken
  switch (spoken.state) {
    case 'not set up':
      return `Not set up: no token is valid. Issue one and paste it into ${who}.`
    case 'waiting':
      return `Waiting for the first request from ${who}.`
    case 'paused':
      return `Paused${spoken.pausedAt === undefined ? '' : ` since ${momentMark(spoken.pausedAt)}`}: ${who} is told to come back later.`
    case 'stopped':
      if (!spoken.switches.isEnabled) return 'Switched off: every request is refused.'
      if (!spoken.switches.hasToken)
        return `No token is valid: every request is refused. Issue one and paste it into ${who}.`
      return `Nothing from ${who} for ${spokenDuration(now - (spoken.lastAcceptedAt ?? now))}: provisioning was stopped there.`
    case 'silent':
      return silenceWords(spoken, now)
    case 'degraded':
      return refusals === undefined
        ? beforeIt(spoken) + whatHappened(spoken, now) + strangersWords(spoken.strangers)
        : refusedWords(refusals)
    case 'healthy': {
      // A clean cycle does not make well who is tried again hours later only.
      const { failing } = spoken
      const still = failing.users + failing.groups > 0 ? `${failingWords(failing)}. ` : ''
      return still + whatHappened(spoken, now) + strangersWords(spoken.strangers)
    }
    default:
      return unreachable(spoken.state)
  }
}
