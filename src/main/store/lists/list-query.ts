import type { AttributePath } from '../../../scim/path/attribute-path.ts'
import type { Filter } from '../../../scim/filter/filter.ts'
import type { FilterScope } from '../filter/filter-columns.ts'
import type { LookupPlace } from '../configuration/lookup-indexes.ts'
import type { ResourceRow } from '../resources/resource-row.ts'

export interface ListQuery {
  readonly scope: FilterScope
  readonly filter: Filter | undefined
  readonly sort: { readonly path: AttributePath; readonly descending: boolean } | undefined
  /** One-based (RFC 7644 §3.4.2.4). */
  readonly startIndex: number
  readonly count: number
  /** Only resources behind this `seq`, for cursors; `startIndex` is 1 then. */
  readonly afterSeq: number | undefined
  /** What that one was sorted by when its page was made (`sortPlaceOf`); without it, what it is sorted by now. */
  readonly afterPlace?: string | undefined
}

export interface ListPage {
  readonly rows: readonly ResourceRow[]
  readonly total: number
}

/** A list that has been compiled and not yet been run. */
export interface PreparedList {
  /** It has to look at more rows than an index can lead it to. */
  readonly isBroad: boolean
  /** Whether an index leads to more rows than so many, which is found out by going as far; undefined where it never leads to many. */
  readonly isWiderThan?: ((rows: number) => boolean) | undefined
  /** What an index could be made of, so that it would not be broad. */
  readonly wantedIndex?: () => LookupPlace | undefined
  /** Throws `ScimError` tooMany for a page whose resources are so large that they do not fit into memory. */
  page(): ListPage
  /** The same; undefined where the documents of its resources have more characters than that together. */
  pageWithin(characters: number): ListPage | undefined
}
