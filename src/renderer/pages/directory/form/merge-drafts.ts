import type { JsonValue } from '../../../../contract/resource.ts'
import type { Draft } from './draft.ts'

/** An attribute that somebody else has changed since the form was opened; a value that is not there is undefined. */
export interface Difference {
  readonly path: readonly string[]
  /** When the form was opened. */
  readonly seen: JsonValue | undefined
  /** By now. */
  readonly theirs: JsonValue | undefined
  /** In the form. */
  readonly mine: JsonValue | undefined
  /** It was changed in the form as well, and to something else. */
  readonly isMineToo: boolean
}

interface Merged {
  /** What is so by now with what was changed in the form on top of it. */
  readonly draft: Draft
  readonly differences: readonly Difference[]
}

type Value = JsonValue | undefined

function isObject(value: Value): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether both say the same, in whatever order. */
function isSame(one: Value, other: Value): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((each: JsonValue, n) => isSame(each, other[n]))
  if (!isObject(one) || !isObject(other)) return one === other
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((name) => isSame(one[name], other[name]))
}

/** Attributes are merged one by one, those of a complex one as well; a list is one value. */
export function mergeDrafts(seen: Draft, theirs: Draft, mine: Draft, above: readonly string[] = []): Merged {
  const draft: Record<string, Value> = {}
  const differences: Difference[] = []
  for (const name of new Set([...Object.keys(seen), ...Object.keys(theirs), ...Object.keys(mine)])) {
    const path = [...above, name]
    const [was, is, own] = [seen[name], theirs[name], mine[name]]
    if ([was, is, own].some(isObject) && [was, is, own].every((each) => each === undefined || isObject(each))) {
      const inner = mergeDrafts(isObject(was) ? was : {}, isObject(is) ? is : {}, isObject(own) ? own : {}, path)
      if (Object.keys(inner.draft).length > 0) draft[name] = inner.draft
      differences.push(...inner.differences)
      continue
    }
    const isMine = !isSame(was, own)
    const kept = isMine ? own : is
    if (kept !== undefined) draft[name] = kept
    if (!isSame(was, is))
      differences.push({ path, seen: was, theirs: is, mine: own, isMineToo: isMine && !isSame(is, own) })
  }
  return { draft, differences }
}
