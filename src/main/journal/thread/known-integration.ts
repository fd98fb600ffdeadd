/** What the journal's thread is told about an integration, which it cannot look up. */
export interface KnownIntegration {
  readonly id: number
  readonly slug: string
  /** The IdP that the admin chose. */
  readonly idp: string
  /** The admin has neither paused it nor switched it off. */
  readonly isLetIn: boolean
}
