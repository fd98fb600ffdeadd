/** What a guide is filled with. */
export interface GuideValues {
  /** The SCIM URL of the integration, without a slash at its end. */
  readonly scimUrl: string
  /** A custom attribute as an example, by its URN and name. */
  readonly example: { readonly urn: string; readonly name: string }
}

/** Something to paste into a field of the portal, or to choose there. */
export interface GuideField {
  /** As the portal prints it. */
  readonly label: string
  readonly value: string
  /** `secret` is the token, which no guide holds. */
  readonly kind: 'value' | 'secret' | 'choice'
}

/** One step; its text is in the notation of guide-text.ts. */
export interface GuideStep {
  readonly text: string
  readonly fields?: readonly GuideField[]
}

export interface GuideMapping {
  /** What the IdP calls it. */
  readonly source: string
  /** The SCIM attribute, exactly as it is typed into the IdP. */
  readonly target: string
  readonly resource: 'User' | 'Group'
  readonly isMatch?: boolean
  readonly remark?: string
}

/** How the IdP, which is elsewhere, reaches an endpoint on a machine of one's own. */
export interface ReachOption {
  readonly name: string
  readonly text: string
  /** Whether something has to be let in from outside. */
  readonly needsInbound: boolean
}

/** How to set one IdP up, in its portal's own words. */
export interface SetupGuide {
  /** One line for the tile. */
  readonly summary: string
  readonly portal: string
  /** What the admin needs before beginning. */
  readonly needs: readonly string[]
  readonly reach: readonly ReachOption[]
  readonly connect: readonly GuideStep[]
  /** Where to press the button that sends the first requests. */
  readonly test: string
  readonly assign: readonly GuideStep[]
  readonly customAttribute: readonly GuideStep[]
  readonly trouble: readonly { readonly shown: string; readonly cause: string }[]
  readonly mapping: readonly GuideMapping[]
  /** When the labels were last compared with the vendor's documents; undefined where there is no vendor. */
  readonly checked: string | undefined
  readonly isExperimental?: boolean
  readonly sendsGroups: boolean
}

/** A guide for an integration with these values. */
export type GuideFor = (values: GuideValues) => SetupGuide
