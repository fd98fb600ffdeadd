import { isIP } from 'node:net'
import { InvalidArgumentError } from 'commander'
import { parsePublicUrl } from '../main/public-url.ts'
import { withoutSlash } from '../main/scim-url.ts'
import { isShortAddress } from '../main/text/short-address.ts'
import { withoutBrackets } from '../main/text/without-brackets.ts'

/**
 * What an unset variable of a script would leave empty: an empty folder is the working directory to the system, an empty host every address of
 * the machine.
 */
export function notEmpty(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
  return text
}

/** A file to write; `-` would be standard output elsewhere, and a file of that name is a trap for the next command. */
export function fileToWrite(text: string): string {
  if (text === '-') throw new InvalidArgumentError('It is written to a file, not to standard output. Name the file.')
  return notEmpty(text)
}

/** A name or address to listen on, a name in small letters, as browsers send it; an IPv6 address may stand in brackets, as in a URL. */
export function parseHost(text: string): string {
  if (isShortAddress(notEmpty(text)))
    throw new InvalidArgumentError('It is no address such as 127.0.0.1, 0.0.0.0 or scim.internal.')
  const host = withoutBrackets(text)
  return isIP(host) === 0 ? host.toLowerCase() : host
}

export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** The URL of the console: absolute, http or https, an origin and no more, for the page is served at its root; a trailing slash is taken off. */
export function parseConsoleUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new InvalidArgumentError('The URL of the console looks like https://rollcall.example.com.')
  if (url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError('The URL of the console has no query and no fragment.')
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('The URL of the console has no user and no password.')
  if (url.pathname !== '/')
    throw new InvalidArgumentError(
      'The console has no path: it is served at the root of a host or port of its own. It looks like https://rollcall.example.com.',
    )
  return withoutSlash(url.href)
}

/** The URL by which IdPs reach the endpoint. */
export function publicUrl(text: string): string {
  const parsed = parsePublicUrl(text)
  if (!parsed.ok) throw new InvalidArgumentError(parsed.problem)
  return parsed.value
}

/** A whole number from 1 up. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('That is a whole number from 1 up.')
  return count
}
