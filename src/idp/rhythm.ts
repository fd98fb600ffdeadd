const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** When an IdP slows a job down because of its failures. */
export interface QuarantineRule {
  /** Below so many failures in a cycle the share is not looked at. */
  readonly judgedFromFailures: number
  /** From then on, the share of failing operations that is too many. */
  readonly failingShare: number
  /** So many failures are too many whatever their share. */
  readonly mostFailures: number
  /** From start to start while it lasts, in ms. */
  readonly intervalMs: number
  /** After so long the IdP gives the job up, in ms. */
  readonly disabledAfterMs: number
}

/** When an IdP tries somebody again who failed. */
export interface RetrySchedule {
  /** After the first failure, the second …, in ms; the last one repeats. */
  readonly afterMs: readonly number[]
  /** After a failure of the server's own, a status from 500 up, whichever it is, in ms. */
  readonly afterServerErrorMs: number
  /** After so long it gives up, in ms. */
  readonly giveUpAfterMs: number
}

/** How an IdP works, as far as its requests show it: what its activities are told by. */
export interface Rhythm {
  /** `cycles`: at intervals it compares everybody with what is here. `events`: it sends a change when it happens, and silence is normal. */
  readonly kind: 'cycles' | 'events'
  /** Whether it begins whatever it does by looking for random GUIDs. */
  readonly hasProbes: boolean
  /** Whether it creates without looking, and looks for whoever is here when it is told of the conflict. */
  readonly createsFirst: boolean
  /** From the start of a cycle to the start of the next, in ms; undefined where the vendor does not say. */
  readonly intervalMs: number | undefined
  /** After so long without a cycle one is overdue, in ms; undefined where silence says nothing. */
  readonly overdueAfterMs: number | undefined
  readonly quarantine: QuarantineRule | undefined
  readonly retries: RetrySchedule | undefined
  /** Where the IdP's own account of what it did is found. */
  readonly ownLog: string | undefined
}

export function eventRhythm(ownLog?: string): Rhythm {
  return {
    kind: 'events',
    hasProbes: false,
    createsFirst: false,
    intervalMs: undefined,
    overdueAfterMs: undefined,
    quarantine: undefined,
    retries: undefined,
    ownLog,
  }
}

/** Microsoft Learn: "how-provisioning-works", "application-provisioning-quarantine-status". */
export const entraRhythm: Rhythm = {
  kind: 'cycles',
  hasProbes: true,
  createsFirst: false,
  intervalMs: 40 * minute,
  overdueAfterMs: 90 * minute,
  quarantine: {
    judgedFromFailures: 5000,
    failingShare: 0.4,
    mostFailures: 40_000,
    intervalMs: day,
    disabledAfterMs: 28 * day,
  },
  retries: { afterMs: [6 * hour, 12 * hour, day], afterServerErrorMs: 40 * minute, giveUpAfterMs: 28 * day },
  ownLog: 'Provisioning logs in the Entra admin centre',
}

/** It syncs "every few hours", so that how often is learnt from the traffic. */
export const googleRhythm: Rhythm = {
  kind: 'cycles',
  hasProbes: false,
  createsFirst: false,
  intervalMs: undefined,
  overdueAfterMs: undefined,
  quarantine: undefined,
  retries: undefined,
  ownLog: 'the app under Apps in the Google Admin console',
}
