import { z } from 'zod'
import type { Models } from '../../../scim/model/models.ts'
import { parseAddressPattern, type AddressPattern } from './address-pattern.ts'
import { createDomainMap, type DomainMap } from './domain-map.ts'
import { isEmailAddress } from './email-address.ts'

export const directions = ['to-address', 'to-short-name'] as const

/** Where a new user ID can come from. */
export const addressSources = ['csv', 'primary', 'work', 'mapped', 'pattern'] as const
export const shortNameSources = ['csv', 'former', 'local-part', 'pattern'] as const

const sources = [...new Set([...addressSources, ...shortNameSources])] as const

export type Direction = (typeof directions)[number]
export type Source = (typeof sources)[number]

/** How many characters a pattern can have. */
export const longestPattern = 500

const domainName = z.string().regex(/^[^\s@]+\.[^\s@.]+$/u)

const optionsSchema = z.object({
  direction: z.enum(directions).default('to-address'),
  /** In the order in which they are asked: the first that has something decides. Empty: all that the other options provide for. */
  sources: z.array(z.enum(sources)).default([]),
  /** What a pattern without `@` is completed by; towards short names, the only domain that is taken off. */
  domain: domainName.optional(),
  /** Text with attribute paths in braces, see address-pattern.ts. */
  pattern: z.string().max(longestPattern).optional(),
  /** Domains to be replaced: old → new. */
  domainMap: z.record(z.string().regex(/^[^\s@]+$/u), domainName).default({}),
  umlauts: z.enum(['plain', 'german']).default('plain'),
  /** Whether users that an identity provider manages are converted as well. */
  includeScim: z.boolean().default(false),
  /** Whether a list of old and new user IDs comes with the options. */
  hasList: z.boolean().default(false),
})

/** What the admin says about a conversion. It is stored with the preview and with the job. */
export type ConversionOptions = z.infer<typeof optionsSchema>

/** Reads options from outside or from a stored row; throws on what are none. */
export function parseConversionOptions(value: unknown): ConversionOptions {
  return optionsSchema.parse(value)
}

/** The options, ready to be applied to users. */
export interface ConversionRules {
  readonly direction: Direction
  readonly sources: readonly Source[]
  readonly domain: string | undefined
  readonly pattern: AddressPattern | undefined
  readonly domainMap: DomainMap
  readonly umlauts: ConversionOptions['umlauts']
  readonly includeScim: boolean
}

export type CompiledOptions =
  | { readonly ok: true; readonly rules: ConversionRules }
  | { readonly ok: false; readonly problem: string }

function wrong(problem: string): CompiledOptions {
  return { ok: false, problem }
}

/** The pattern with the domain that completes it. Without a pattern, a domain means the userName in that domain. */
function patternText({ direction, pattern, domain }: ConversionOptions): string | undefined {
  if (direction === 'to-short-name') return pattern
  if (pattern === undefined) return domain === undefined ? undefined : `{userName}@${domain}`
  return pattern.includes('@') || domain === undefined ? pattern : `${pattern}@${domain}`
}

/** Which sources the options provide for, in the order that most admins want. */
function usualSources(options: ConversionOptions, hasPattern: boolean): readonly Source[] {
  const usual: readonly Source[] = options.direction === 'to-address' ? addressSources : shortNameSources
  return usual.filter((each) => {
    if (each === 'csv') return options.hasList
    if (each === 'mapped') return Object.keys(options.domainMap).length > 0
    return each !== 'pattern' || hasPattern
  })
}

/** Makes rules of options, or says in one line what is wrong with them. */
export function compileOptions(models: Models, options: ConversionOptions): CompiledOptions {
  const { direction } = options
  const text = patternText(options)
  const parsed = text === undefined ? undefined : parseAddressPattern(models.user, text)
  if (parsed && !parsed.ok) return wrong(parsed.problem)
  if (direction === 'to-address' && text !== undefined && !isEmailAddress(text.replaceAll(/\{[^{}]*\}/g, 'x')))
    return wrong(`The pattern "${text}" makes no addresses. Give a domain, e.g. {userName}@example.com.`)
  if (direction === 'to-short-name' && text?.includes('@') === true)
    return wrong(`The pattern "${text}" makes no short names: leave the "@" out.`)
  const usable: readonly Source[] = direction === 'to-address' ? addressSources : shortNameSources
  const foreign = options.sources.find((each) => !usable.includes(each))
  if (foreign !== undefined)
    return wrong(`The source "${foreign}" is of no use in this direction. Known are: ${usable.join(', ')}.`)
  const chosen = options.sources.length > 0 ? options.sources : usualSources(options, parsed !== undefined)
  if (chosen.includes('pattern') && !parsed) return wrong('The source "pattern" needs a pattern or a domain.')
  if (chosen.includes('csv') && !options.hasList) return wrong('The source "csv" needs a list of old and new user IDs.')
  if (chosen.includes('mapped') && Object.keys(options.domainMap).length === 0)
    return wrong('The source "mapped" needs domains to map, e.g. corp.local=example.com.')
  return {
    ok: true,
    rules: {
      direction,
      sources: chosen,
      domain: options.domain,
      pattern: parsed?.pattern,
      domainMap: createDomainMap(options.domainMap),
      umlauts: options.umlauts,
      includeScim: options.includeScim,
    },
  }
}
