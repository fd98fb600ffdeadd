import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Note } from '../scim/note.ts'
import { enterpriseUserSchemaUrn, groupSchemaUrn } from '../scim/urn.ts'
import { dialectOf, explainingIdp, idps } from './catalogue.ts'
import { hasSentence, noteSentence } from './notes.ts'

const activeAsText: Note = {
  step: 'parse',
  code: 'boolean-as-text',
  path: 'active',
  expected: 'boolean',
  seen: 'False',
  taken: 'false',
}

describe('noteSentence', () => {
  it('says what came, what it was taken for, and which setting changes it', () => {
    const sentence =
      '"active" came as the text "False"; it was taken as false. Entra ID does this unless the tenant URL carries aadOptscim062020, and always in Provision on demand.'
    expect(noteSentence(activeAsText)).toBe(sentence)
    expect(noteSentence(activeAsText, 'entra')).toBe(sentence)
  })

  it('speaks of the IdP that sent it', () => {
    expect(noteSentence(activeAsText, 'onelogin')).toContain('SCIM JSON template')
    expect(noteSentence(activeAsText, 'okta')).toBe('"active" came as the text "False"; it was taken as false.')
  })

  it('says of a schema what it is no schema of, and of an IdP only what it really names', () => {
    const named = (seen: string, idp?: 'entra' | 'onelogin') =>
      noteSentence({ step: 'parse', code: 'unknown-schema', path: 'schemas', expected: 'User', seen }, idp)
    const plain = `"schemas" names "${groupSchemaUrn}", which is no schema of a user here; the name was ignored.`
    expect(named(groupSchemaUrn)).toBe(plain)
    expect(named(groupSchemaUrn, 'entra')).toBe(plain)
    expect(named(groupSchemaUrn, 'onelogin')).toBe(plain)
    const ofEntra = 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'
    expect(named(ofEntra, 'entra')).toContain('Entra ID names this schema of its own on every group')
    expect(named(enterpriseUserSchemaUrn.replace(':User', 'User'), 'entra')).toContain('misspell')
    expect(named('urn:scim:schemas:core:1.0', 'onelogin')).toContain('SCIM 1.1')
  })

  it('says nothing of the tenant URL where Entra ID does the same with its flag and without', () => {
    const manager: Note = { step: 'parse', code: 'string-for-complex', path: 'manager' }
    expect(noteSentence(manager, 'entra')).not.toContain('tenant URL')
  })

  it('has a generic sentence for a code that it does not know', () => {
    expect(noteSentence({ step: 'rule', code: 'never-heard-of', path: 'a', seen: 'b' })).toBe(
      'Step rule: never heard of about "a"; got "b".',
    )
    expect(noteSentence({ step: 'rule', code: 'constructor' })).toBe('Step rule: constructor.')
  })

  it('lets no value from the wire break the line or turn the writing', () => {
    const note: Note = { ...activeAsText, seen: 'x\nDELETED\u202e', path: 'a\u0000', taken: 'y\nz' }
    expect(noteSentence(note)).not.toMatch(/[\p{Cc}\u202e]/u)
  })

  it.each(['sts.windows.net', 'login.microsoftonline.us', 'sts.chinacloudapi.cn', 'login.partner.microsoftonline.cn'])(
    'knows the token that Entra ID sends for itself by its issuer %s',
    (seen) => {
      const sentence = noteSentence({ step: 'authenticate', code: 'token-jwt', seen })
      expect(sentence).toContain('Entra ID sends one of its own while the Secret token is empty')
    },
  )

  it('counts in the singular and the plural', () => {
    expect(noteSentence({ step: 'change', code: 'members-added', count: 1 })).toBe('1 member was added to the group.')
    expect(noteSentence({ step: 'change', code: 'members-added', count: 2 })).toBe('2 members were added to the group.')
    expect(noteSentence({ step: 'match', code: 'matched', count: 1 })).toBe('1 record matches.')
  })

  it('says of a lookup that had to look at everybody how it need not', () => {
    const looked = (seen: object) =>
      noteSentence({ step: 'match', code: 'all-looked-at', path: 'nickName', count: 7, ...seen })
    expect(looked({})).toContain('"rollcall indexes add nickName" makes it now')
    expect(looked({ seen: 'building' })).toContain('is still being made: until then all 7 users')
    expect(looked({ seen: 'dropping' })).toBe(looked({ seen: 'declined' }))
    expect(looked({ seen: 'many' })).toContain('No more are made by themselves')
  })
})

const source = new URL('../', import.meta.url)
const forms = [
  /\bstep: [^,{}]+,\s*code: '([a-z0-9-]+)'/g,
  /\bcode: '([a-z0-9-]+)',\s*step: /g,
  /\b(?:tolerate|depart|departFrom)\(\s*[\w.]+,\s*'([a-z0-9-]+)'/g,
  /\bcode = '([a-z0-9-]+)'/g,
]

function codesIn(folder: 'scim/' | 'main/'): readonly string[] {
  const files = readdirSync(new URL(folder, source), { recursive: true, encoding: 'utf8' })
  const codes = files
    .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(new URL(folder + file.replaceAll('\\', '/'), source), 'utf8')
      return forms.flatMap((form) => [...text.matchAll(form)].flatMap((match) => match[1] ?? []))
    })
  return [...new Set(codes)]
}

const expectedCodes = [
  'boolean-as-text number-as-text wrapped-scalar single-for-array bare-value string-for-complex',
  'manager-id-key json-text several-primary unknown-attribute unknown-schema read-only-ignored op-case',
  'seeded-from-filter scim-1-members password-not-kept no-change email-alias token-accepted token-missing not-bearer',
  'token-unknown token-jwt token-expired routed no-route filter-parsed matched no-match all-looked-at policy-refused',
  'protected-record uniqueness-refused created replaced patched members-added members-removed archived',
  'unchanged answered limit-exceeded integration-paused integration-disabled administrator-inactive',
  'rate-limited administrator-has-name member-not-here group-in-itself host-missing method-unknown not-http',
  'tls-on-plain-port plain-on-tls-port certificate-not-trusted tls-too-old tls-failed headers-too-large not-in-time',
  'expectation-refused host-repeated authorization-repeated token-slip wrong-tokens required-removed filter-attribute-unknown',
  'external-id-repeated header-broken record-archived strict-refused attribute-not-here',
  'client-gone address-required body-broken-off proxy-protocol http-2 length-broken target-broken behind-request external-id-archived',
].flatMap((line) => line.split(' '))

describe('the catalogue of notes', () => {
  it.each(['scim/', 'main/'] as const)('has a sentence for every code that src/%s leaves', (folder) => {
    expect(codesIn(folder).filter((code) => !hasSentence(code))).toEqual([])
  })

  it('finds the codes that it is to cover', () => {
    expect(codesIn('scim/')).toEqual(expect.arrayContaining(['boolean-as-text', 'unknown-attribute', 'count-capped']))
  })

  it('has a sentence for every code that an IdP is known for', () => {
    const codes = Object.values(idps).flatMap((idp) => idp.dialects.map((each) => each.code))
    expect(codes.filter((code) => !hasSentence(code))).toEqual([])
  })

  it.each(expectedCodes)('says %s in whole sentences, with and without data', (code) => {
    expect(hasSentence(code)).toBe(true)
    for (const rest of [{}, { path: 'a', expected: 'b', seen: 'c', taken: 'd', count: 3 }]) {
      const sentence = noteSentence({ step: 'parse', code, ...rest })
      expect(sentence).toMatch(/^["A-Z0-9].*\.$/)
      expect(sentence).not.toMatch(/undefined|\.\.$|""/)
    }
  })
})

describe('dialectOf', () => {
  it('knows what an IdP does and which exchange proves it', () => {
    expect(dialectOf('entra', activeAsText)?.transcript).toBe('entra-patch-005')
    expect(dialectOf('generic', activeAsText)).toBeUndefined()
  })
})

describe('explainingIdp', () => {
  it('goes by the first of those named of whom anything is known', () => {
    expect(explainingIdp('entra', 'okta')).toBe('entra')
    expect(explainingIdp('generic', 'okta')).toBe('okta')
    expect(explainingIdp(undefined, 'okta')).toBe('okta')
    expect(explainingIdp('authentik', 'generic')).toBe('authentik')
    expect(explainingIdp('generic', 'generic')).toBeUndefined()
    expect(explainingIdp(null, 'an IdP of a later version')).toBeUndefined()
  })
})
