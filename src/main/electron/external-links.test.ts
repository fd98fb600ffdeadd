import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isExternalLink } from './external-links.ts'

const idpDir = join(import.meta.dirname, '../../idp')

test('every link of the guides, and of what is said about errors, may be opened', () => {
  const links = readdirSync(idpDir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap((name) => readFileSync(join(idpDir, name), 'utf8').match(/<https:\/\/[^>]+>/g) ?? [])
    .map((link) => link.slice(1, -1))
    .filter((link) => link !== 'https://link')
  expect(links.length).toBeGreaterThan(1)
  expect(links.filter((link) => !isExternalLink(link))).toEqual([])
})

test.each([
  'http://portal.azure.com/',
  'https://portal.azure.com.evil.example/',
  'https://evil.example/portal.azure.com',
  'https://portal.azure.com:8443/',
  'https://someone@portal.azure.com/',
  'https://portal.azure.com@evil.example/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'smb://portal.azure.com/x',
  'ms-settings:privacy',
  'app://rollcall/',
  '//portal.azure.com/',
  '',
])('%s is not opened', (url) => {
  expect(isExternalLink(url)).toBe(false)
})
