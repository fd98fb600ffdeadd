import type { Activity, ActivityKind } from './activity.ts'

/** What became known about an integration's activities. */
export type ActivityEvent =
  | { readonly kind: 'started'; readonly activity: Activity }
  /** It has been quiet for so long that it is likely over. */
  | { readonly kind: 'ended'; readonly activity: Activity; readonly as: ActivityKind }
  /** It was not over after all. */
  | { readonly kind: 'resumed'; readonly activity: Activity; readonly as: ActivityKind }
  /** Nothing can belong to it any more. */
  | { readonly kind: 'closed'; readonly activity: Activity; readonly as: ActivityKind }
  /** What followed shows that an earlier one was something else. */
  | { readonly kind: 'reclassified'; readonly id: number; readonly as: ActivityKind }
