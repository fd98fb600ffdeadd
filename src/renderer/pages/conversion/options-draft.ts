import {
  addressSources,
  shortNameSources,
  type ConversionOptions,
  type ConversionSource,
  type Plan,
} from '../../../contract/conversions.ts'
import { unreachable } from '../../unreachable.ts'
import type { ListText } from './list-text.ts'

export interface SourceChoice {
  readonly source: ConversionSource
  readonly isOn: boolean
}

/** A domain and what it becomes, as typed. */
export interface DomainPair {
  readonly key: string
  readonly from: string
  readonly to: string
}

/** The options as the person edits them. */
export interface OptionsDraft {
  readonly direction: ConversionOptions['direction']
  /** In the order in which they are asked; those without what they need are passed over. */
  readonly sources: readonly SourceChoice[]
  readonly domain: string
  readonly pattern: string
  readonly domains: readonly DomainPair[]
  readonly umlauts: ConversionOptions['umlauts']
  readonly includeScim: boolean
  readonly list: ListText | null
}

function sourcesOf(direction: ConversionOptions['direction']): readonly ConversionSource[] {
  return direction === 'to-address' ? addressSources : shortNameSources
}

/** The sources of a direction in their usual order, all switched on. */
export function usualSources(direction: ConversionOptions['direction']): readonly SourceChoice[] {
  return sourcesOf(direction).map((source) => ({ source, isOn: true }))
}

/** What the person begins with: the options of the last preview, or the usual ones. Its list is not kept. */
export function draftOf(options: Plan['options']): OptionsDraft {
  const direction = options?.direction ?? 'to-address'
  const chosen = options?.sources ?? []
  const others = sourcesOf(direction).filter((source) => !chosen.includes(source))
  return {
    direction,
    sources:
      chosen.length === 0
        ? usualSources(direction)
        : [
            ...chosen.map((source) => ({ source, isOn: true })),
            // What needed something that was not given is on as soon as it is.
            ...others.map((source) => ({ source, isOn: source !== 'primary' && source !== 'work' })),
          ],
    domain: options?.domain ?? '',
    pattern: options?.pattern ?? '',
    domains: (options?.domainMap ?? []).map((each) => ({ key: crypto.randomUUID(), ...each })),
    umlauts: options?.umlauts ?? 'plain',
    includeScim: options?.includeScim ?? false,
    list: null,
  }
}

/** What a source still needs, as a hint; undefined when it can be asked. */
export function missingFor(source: ConversionSource, draft: OptionsDraft): string | undefined {
  switch (source) {
    case 'csv':
      return draft.list ? undefined : 'give a list below'
    case 'mapped':
      return draft.domains.some(({ from, to }) => from.trim() !== '' && to.trim() !== '')
        ? undefined
        : 'map a domain below'
    case 'pattern':
      return draft.pattern.trim() !== '' || (draft.direction === 'to-address' && draft.domain.trim() !== '')
        ? undefined
        : 'give a domain or a pattern below'
    case 'primary':
    case 'work':
    case 'former':
    case 'local-part':
      return undefined
    default:
      return unreachable(source)
  }
}

/** The sources that will be asked, in order. */
export function askedSources(draft: OptionsDraft): readonly ConversionSource[] {
  return draft.sources
    .filter(({ source, isOn }) => isOn && missingFor(source, draft) === undefined)
    .map(({ source }) => source)
}

/** The draft as the contract wants it. */
export function optionsOf(draft: OptionsDraft): ConversionOptions {
  return {
    direction: draft.direction,
    sources: [...askedSources(draft)],
    domain: draft.domain.trim() || null,
    pattern: draft.pattern.trim() || null,
    domainMap: draft.domains
      .map(({ from, to }) => ({ from: from.trim(), to: to.trim() }))
      .filter(({ from, to }) => from !== '' && to !== ''),
    umlauts: draft.umlauts,
    includeScim: draft.includeScim,
  }
}

/** A list with one of its items moved; places outside it change nothing. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  const item = items[from]
  if (item === undefined || to < 0 || to >= items.length) return items
  return items.toSpliced(from, 1).toSpliced(to, 0, item)
}
