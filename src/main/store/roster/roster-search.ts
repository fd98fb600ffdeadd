import type { Role, Source } from '../resources/users.ts'

/** A text that the admin looks for. */
export interface RosterText {
  /** As it was typed, for ids and external ids. */
  readonly raw: string
  /** For names and addresses. */
  readonly folded: string
  /** `beginning` is answered by indexes; `anywhere` looks into every name. */
  readonly reach: 'beginning' | 'anywhere'
}

interface Search {
  readonly directoryId: number
  readonly text: RosterText | undefined
  readonly source: Source | undefined
  /** The id of the integration whose IdP manages them. */
  readonly managedBy: number | undefined
  /** Only what a person changed and the IdP has not written since. */
  readonly hasDrifted: boolean
  /** Archived ones are a list of their own, in the order in which they were archived. */
  readonly archived: boolean
  readonly descending: boolean
}

/** Which users the admin looks for. */
export interface UserSearch extends Search {
  readonly active: boolean | undefined
  readonly role: Role | undefined
  readonly sort: 'userName' | 'displayName' | 'createdAt' | 'modifiedAt'
}

/** Which groups the admin looks for. */
export interface GroupSearch extends Search {
  readonly sort: 'displayName' | 'createdAt' | 'modifiedAt'
}

/** A row's place in the order of a list: the value that it is sorted by, and its number. What has no value comes last in both directions. */
export interface Place {
  readonly key: string | number | null
  readonly seq: number
}

/** Which part of a list is wanted. */
export interface PageWish {
  /** Behind this place; undefined is the beginning, or the end when going backwards. */
  readonly from: Place | undefined
  readonly backwards: boolean
  readonly limit: number
  /** About how many rows are looked at, at most, before the search comes back with what it has. */
  readonly look: number
}

/** What every row of a list has beside its columns. */
export interface Placed {
  readonly seq: number
  readonly sort_key: string | number | null
}

/** A part of a list. Going backwards, the nearest row comes first. */
export interface RosterPage<Row> {
  readonly rows: readonly Row[]
  /** Where to go on; undefined when nothing is left that way. With fewer rows than wished it only says how far has been looked. */
  readonly resume: Place | undefined
  /** How many there are in all, where that is known without looking at everything. */
  readonly total: number | undefined
}
