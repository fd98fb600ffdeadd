import { InvalidArgumentError, Option, type Command } from 'commander'
import {
  addressSources,
  directions,
  longestPattern,
  parseConversionOptions,
  shortNameSources,
  type ConversionOptions,
  type Direction,
  type Source,
} from '../../main/conversion/targets/conversion-options.ts'
import { notEmpty } from '../option-values.ts'

/** What says where new user IDs come from; `preview` and `convert` share it. */
export interface SourceFlags {
  readonly domain?: string
  readonly source?: readonly Source[]
  readonly csv?: string
  readonly pattern?: string
  readonly map?: Readonly<Record<string, string>>
  readonly umlauts?: ConversionOptions['umlauts']
  readonly direction?: Direction
  readonly includeScim?: boolean
}

const sources: readonly string[] = [...new Set([...addressSources, ...shortNameSources])]

function parseDomain(text: string): string {
  if (!/^[^\s@]+\.[^\s@.]+$/u.test(text)) throw new InvalidArgumentError('A domain looks like example.com.')
  return text
}

function addSource(text: string, before: readonly string[] = []): readonly string[] {
  const added = text.split(',').map((each) => each.trim())
  const unknown = added.find((each) => !sources.includes(each))
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no source "${unknown}". Known are: ${sources.join(', ')}.`)
  return [...before, ...added]
}

function addMapping(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [, from, to] = /^([^\s@=]+)=([^\s@=]+\.[^\s@.=]+)$/u.exec(text) ?? []
  if (from === undefined || to === undefined)
    throw new InvalidArgumentError('Write old and new domain, as in corp.local=example.com.')
  return { ...before, [from]: to }
}

function parsePattern(text: string): string {
  if (text.length > longestPattern)
    throw new InvalidArgumentError(`A pattern has at most ${longestPattern} characters; this one has ${text.length}.`)
  return text
}

/** Adds the options of {@link SourceFlags}. */
export function addSourceOptions(command: Command): Command {
  return command
    .option(
      '--domain <domain>',
      'users without an address get {userName}@domain; also completes a pattern',
      parseDomain,
    )
    .option('--source <names>', `where addresses come from, in order: ${addressSources.join(', ')}`, addSource)
    .option('--csv <file>', 'a list of old and new user IDs: two columns', notEmpty)
    .option(
      '--pattern <pattern>',
      'e.g. {name.givenName}.{name.familyName}@example.com; {path:1} is the first letter',
      parsePattern,
    )
    .option('--map <old=new>', 'replace a domain, e.g. corp.local=example.com; may be repeated', addMapping)
    .addOption(new Option('--umlauts <style>', 'write ü as u (plain) or as ue (german)').choices(['plain', 'german']))
    .addOption(
      new Option('--direction <direction>', 'the other way makes short names of addresses').choices(directions),
    )
    .option('--include-scim', 'also convert users that an identity provider manages')
}

/** The options of a conversion as the flags say them. */
export function conversionOptionsOf(flags: SourceFlags): ConversionOptions {
  const { domain, pattern, umlauts, direction } = flags
  return parseConversionOptions({
    ...(direction === undefined ? {} : { direction }),
    ...(flags.source === undefined ? {} : { sources: flags.source }),
    ...(domain === undefined ? {} : { domain }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(flags.map === undefined ? {} : { domainMap: flags.map }),
    ...(umlauts === undefined ? {} : { umlauts }),
    includeScim: flags.includeScim === true,
    hasList: flags.csv !== undefined,
  })
}
