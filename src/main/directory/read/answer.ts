/** What the endpoint sends back. `body` is JSON text. */
export interface Answer {
  readonly status: number
  readonly body: string | undefined
  readonly etag?: string | undefined
  readonly location?: string | undefined
  readonly resourceId?: string | undefined
  /** `totalResults` of a list. */
  readonly matched?: number | undefined
  /** The body lacks the members of the group, which are more than a write may write out. */
  readonly lacksMembers?: true | undefined
}
