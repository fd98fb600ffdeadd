import { InvalidArgumentError } from 'commander'

export function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** An absolute http or https URL without query and fragment; a trailing slash is taken off. */
export function parsePublicUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new InvalidArgumentError('A public URL looks like https://scim.example.com.')
  if (url.search !== '' || url.hash !== '') throw new InvalidArgumentError('A public URL has no query and no fragment.')
  return url.href.replace(/\/+$/, '')
}

/** A whole number from 1 up. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (!/^\d{1,9}$/.test(text) || count < 1) throw new InvalidArgumentError('That is a whole number from 1 up.')
  return count
}
