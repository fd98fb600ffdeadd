import type { TroubleCode } from './trouble.ts'
import type { Conversation } from './turn.ts'

/** A stage of provisioning. Its conversations know nothing of one another and may run side by side. */
export interface Phase {
  readonly name: string
  /** Whether nothing else begins when this finds trouble: a connection test. */
  readonly isGate?: boolean
  readonly conversations: Iterable<Conversation>
  /** How many of them there are at most, as a measure of how far a run is. */
  readonly most: number
}

export interface SimulatedIdp {
  readonly displayName: string
  /** Provisioning in its order; the last phases take everybody's access away again. */
  readonly phases: readonly Phase[]
  readonly deprovisioning: readonly Phase[]
  /** What the identity provider does about each trouble, in plain words. */
  readonly consequences: { readonly [code in TroubleCode]: string }
  /** The requests by which what was made is taken away in the end, as nobody's in particular. */
  readonly headers: Readonly<Record<string, string>>
}
