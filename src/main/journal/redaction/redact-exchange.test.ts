import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { redactExchange } from './redact-exchange.ts'
import { compileRedactedNames } from './redacted-names.ts'

const plain: Exchange = {
  requestId: 'r1',
  at: 0,
  durationMicros: 1,
  integrationId: 1,
  integrationSlug: 'entra',
  remoteAddress: '203.0.113.7',
  method: 'POST',
  target: '/scim/entra/v2/Users',
  endpoint: 'Users',
  resourceId: undefined,
  status: 201,
  requestHeaders: 'host: scim.example.com',
  requestBody: undefined,
  responseHeaders: 'content-type: application/scim+json',
  responseBody: undefined,
  matched: undefined,
  trace: '[]',
}

const ssn = 'urn:example:params:scim:schemas:extension:acme:2.0:User:ssn'
const names = compileRedactedNames([ssn, 'emails.value', 'name.familyName'])
const redact = (changed: Partial<Exchange>) => redactExchange({ ...plain, ...changed }, names)
/** The same where no attributes but passwords are redacted. */
const redactUsual = (changed: Partial<Exchange>) => redactExchange({ ...plain, ...changed }, compileRedactedNames([]))
const body = (requestBody: unknown) => redact({ requestBody: JSON.stringify(requestBody) }).request.text

describe('redaction of bodies', () => {
  it('leaves a body without secrets as it is, to the letter', () => {
    const requestBody = '{ "userName" : "alice",  "active": "True" }'
    const request = redactExchange({ ...plain, requestBody }, compileRedactedNames([ssn])).request
    expect(request).toEqual({ text: requestBody, state: 'kept' })
  })

  it.each([
    ['a password', { userName: 'alice', password: 'hunter2!' }],
    ['in any letter case', { PassWord: 'hunter2!' }],
    ['qualified by a URN', { 'urn:ietf:params:scim:schemas:core:2.0:User:password': 'hunter2!' }],
    ['by a longer name', { tempPassword: { value: 'hunter2!' } }],
    ['in a number', { password: 1234567890123 }],
    ['in an operation with a path', { Operations: [{ op: 'replace', path: 'Password', value: 'hunter2!' }] }],
    ['beside a key in other letter case', { Operations: [{ op: 'replace', PATH: 'password', VALUE: 'hunter2!' }] }],
    ['in an operation without a path', { Operations: [{ op: 'replace', value: { password: 'hunter2!' } }] }],
    ['in JSON text', { Operations: [{ op: 'replace', value: '{"pass\\u0077ord":"hunter2!"}' }] }],
    ['in JSON text twice', { value: JSON.stringify(JSON.stringify({ password: 'hunter2!' })) }],
    ['in bulk data', { Operations: [{ method: 'POST', path: '/Users', data: { password: 'hunter2!' } }] }],
    ['of a custom attribute', { [ssn.slice(0, -4)]: { ssn: 'hunter2!' } }],
    ['of a custom attribute by its path', { Operations: [{ op: 'add', path: ssn.toUpperCase(), value: 'hunter2!' }] }],
    ['of a sub-attribute', { name: { FamilyName: 'hunter2!' } }],
    ['of a sub-attribute by a dotted key', { Operations: [{ op: 'add', value: { 'name.familyName': 'hunter2!' } }] }],
    ['of several values', { emails: [{ type: 'work', value: 'hunter2!' }] }],
    ['of a filtered value', { Operations: [{ op: 'add', path: 'emails[type eq "work"].value', value: 'hunter2!' }] }],
    [
      'of a filtered object',
      { Operations: [{ op: 'add', path: 'emails[display eq "]"]', value: { value: 'hunter2!' } }] },
    ],
    ['of a plain value', { Operations: [{ op: 'add', path: 'emails', value: 'hunter2!' }] }],
    ['within a filter', { Operations: [{ op: 'remove', path: 'emails[value eq "hunter2!"]' }] }],
    ['within a key', { Operations: [{ op: 'add', value: { 'emails[value eq "hunter2!"].primary': true } }] }],
    ['in a search', { filter: 'password eq "hunter2!"' }],
    ['in a sentence', { title: 'my password: hunter2!' }],
    ['below __proto__', JSON.parse('{"__proto__":{"password":"hunter2!"}}')],
  ])('hides a value %s', (_, value) => {
    const text = body(value)
    expect(text).toContain('redacted')
    expect(text).not.toMatch(/hunter2|1234567890123/)
  })

  it('hides a password behind an escaped name and behind a second one of the same name', () => {
    expect(redact({ requestBody: String.raw`{"pass\u0077ord":"hunter2!"}` }).request.text).toBe(
      '{"password":"[redacted]"}',
    )
    expect(redact({ requestBody: '{"password":"hunter2!","password":null}' }).request.text).toBe('{"password":null}')
  })

  it('withholds a body that mentions a secret and is not JSON', () => {
    expect(redact({ requestBody: '{"password":"hunter2!"' }).request.text).toBe('[withheld: 22 bytes, not JSON]')
    expect(redact({ requestBody: 'user=a&p%61ssword=hunter2!' }).request.state).toBe('withheld')
    expect(redact({ requestBody: 'p\0a\0s\0s\0' }).request.state).toBe('withheld')
    expect(redact({ requestBody: '{"password":"hunter2!"}'.split('').join('\0') }).request.state).toBe('withheld')
    expect(redact({ requestBody: 'hello' }).request).toEqual({ text: 'hello', state: 'kept' })
  })

  it('keeps what only speaks of passwords', () => {
    const schema = { name: 'password', type: 'string', description: 'The password of the user.' }
    const responseBody = JSON.stringify({ attributes: [schema], changePassword: { supported: true } })
    const { response } = redactExchange({ ...plain, responseBody }, compileRedactedNames([ssn]))
    expect(response).toEqual({ text: responseBody, state: 'kept' })
  })

  it('survives nesting of any depth', () => {
    const depth = 100_000
    const deep = `${'['.repeat(depth)}{"password":"hunter2!"}${']'.repeat(depth)}`
    expect(redact({ requestBody: deep }).request.text).not.toContain('hunter2!')
  })
})

describe('redaction of attributes that are called like a secret', () => {
  const user = 'urn:example:params:scim:schemas:extension:acme:2.0:User'

  it.each([
    ['token', { token: 'hunter2!' }],
    ['Secret', { Secret: 'hunter2!' }],
    ['clientSecret', { clientSecret: 'hunter2!' }],
    ['client_secret', { client_secret: 'hunter2!' }],
    ['apiKeys', { apiKeys: ['hunter2!'] }],
    ['api-key', { 'api-key': 'hunter2!' }],
    ['PRIVATE_KEY', { PRIVATE_KEY: 'hunter2!' }],
    ['pin', { pin: 'hunter2!' }],
    ['badgePin', { badgePin: 'hunter2!' }],
    ['passcode', { passcode: 'hunter2!' }],
    ['credentials', { credentials: { kind: 'hunter2!' } }],
    ['a name behind an escape', JSON.parse(String.raw`{"to\u006ben":"hunter2!"}`)],
    ['an extension', { [user]: { accessToken: 'hunter2!' } }],
    ['a URN', { [`${user}:accessToken`]: 'hunter2!' }],
    ['a path', { Operations: [{ op: 'replace', path: `${user}:clientSecret`, value: 'hunter2!' }] }],
    ['a sub-attribute in a path', { Operations: [{ op: 'add', path: 'vpn.token', value: 'hunter2!' }] }],
    ['a path with a filter', { Operations: [{ op: 'add', path: 'tokens[type eq "a"].value', value: 'hunter2!' }] }],
    ['an operation without a path', { Operations: [{ op: 'add', value: { 'vpn.secret': 'hunter2!' } }] }],
    ['text within text', { value: JSON.stringify({ value: JSON.stringify({ apiKey: 'hunter2!' }) }) }],
    ['a search', { filter: 'apiKey eq "hunter2!"' }],
    ['a key that is a filter', { 'vpn[token eq "hunter2!"].primary': true }],
  ])('hides a value of %s', (_, value) => {
    const requestBody = JSON.stringify(value)
    const { request, response, trace } = redactUsual({
      requestBody,
      status: 400,
      responseBody: '{"detail":"The value hunter2! is too short."}',
      trace: '[{"step":"parse","code":"too-short","seen":"hunter2!"}]',
    })
    expect(request.state).toBe('redacted')
    expect(`${request.text}${response.text}${trace}`).not.toContain('hunter2')
  })

  it.each([
    '/scim/v2/Users?filter=clientSecret%20eq%20%22hunter2!%22',
    '/scim/v2/Users?filter=clientSecret+eq+%22a+%22hunter2!%22+b%22',
    '/scim/v2/Users?filter=vpn%5Btoken+eq+%22hunter2!%22%5D',
    '/scim/v2/Users?filter=userName+eq+%22a%22+and+api%4Bey+eq+hunter2!',
    '/scim/v2/Users?pin=hunter2!',
  ])('hides it in %s', (target) => {
    expect(redactUsual({ target }).target).not.toContain('hunter2')
  })

  it('hides what a note says of it', () => {
    const trace = '[{"step":"parse","code":"unknown-attribute","path":"apiKey","seen":"hunter2!"}]'
    expect(redactUsual({ trace }).trace).not.toContain('hunter2')
  })

  it('withholds a body that is not JSON and holds one', () => {
    for (const requestBody of ['grant_type=client_credentials&client_secret=hunter2!', '{"apiKey":"hunter2!"'])
      expect(redactUsual({ requestBody }).request.state).toBe('withheld')
  })

  it('keeps what only sounds like it, to the letter', () => {
    const requestBody = JSON.stringify({
      userName: 'token@example.com',
      displayName: 'Keeper of the secret token, "Pin"',
      title: '{secret} agent',
      keyboard: 'tokens',
      tokenized: true,
      pinned: 'a',
      spin: 'b',
      publicKey: 'c',
      addresses: [{ pinCode: '110001' }],
      Operations: [{ op: 'add', path: 'members', value: [{ display: 'API key' }] }],
    })
    const target = '/scim/entra/v2/Users?filter=displayName+eq+%22the+token%22&attributes=userName,token'
    const trace = '[{"step":"status","code":"declined","seen":"The token \\"a\\" is not known."}]'
    const kept = redactUsual({
      requestBody,
      target,
      trace,
      responseHeaders: 'www-authenticate: Bearer error="invalid_token"',
    })
    expect(kept.request).toEqual({ text: requestBody, state: 'kept' })
    expect(kept.target).toBe(target)
    expect(kept.trace).toBe(trace)
    expect(kept.responseHeaders).toContain('invalid_token')
  })
})

describe('redaction of targets and headers', () => {
  it.each([
    '/scim/v2/Users?filter=password%20eq%20%22hunter2!%22',
    '/scim/v2/Users?filter=Pass%77ord+eq+%22hunter2!%22+and+active+eq+true',
    '/scim/v2/Users?filter=p%2561ssword%20eq%20%22hunter2!%22',
    '/scim/v2/Users?filter=emails%5Bvalue+eq+%22hunter2!%22%5D',
    '/scim/v2/Users?filter=password+eq+hunter2!',
    '/scim/v2/Users?filter=password+eq+%22hunter2!',
    '/scim/v2/Users?filter=password+eq+%FF+hunter2!',
    '/scim/v2/Users?password=hunter2!',
    '/scim/v2/Users?x;password=hunter2!&a=b',
    '/scim/v2/Users;password=hunter2!',
    '/scim/v2/Users/password=hunter2!',
    '/scim/v2/Users;ssn=hunter2!/7?count=1',
    '/scim/v2/Users?ssn=hunter2',
  ])('hides the value in %s', (target) => {
    expect(redact({ target }).target).not.toContain('hunter2')
  })

  it.each([
    'access_token=hunter2!',
    'subscription-key=hunter2!',
    'a=b&api_key=hunter2!',
    'api%5Fkey=hunter2!',
    'a=b;ApiKey=hunter2!',
    'code=hunter2!',
    'bearer=hunter2!',
    'pass=hunter2!',
  ])('hides the credential for what stands in front of the endpoint in ?%s, and nothing else', (query) => {
    const { target, requestHeaders } = redactUsual({
      target: `/scim/entra/v2/Users?startIndex=1&${query}&filter=userName+eq+%22ana%22`,
      requestHeaders: `Host: a\nX-Original-URL: /scim/entra/v2/Users?${query}`,
    })
    expect(target).not.toContain('hunter2!')
    expect(target).toMatch(/^\/scim\/entra\/v2\/Users\?startIndex=1&.*\[redacted\]&filter=userName\+eq\+%22ana%22$/)
    expect(requestHeaders).toBe('Host: a\nX-Original-URL: [redacted]')
  })

  it('hides such a credential also where it stands in the target or in a header alone', () => {
    const url = '/scim/entra/v2/Users?code=hunter2!'
    expect(redactUsual({ target: url }).target).toBe('/scim/entra/v2/Users?code=[redacted]')
    expect(redactUsual({ requestHeaders: `Host: a\nReferer: ${url}` }).requestHeaders).toBe(
      'Host: a\nReferer: [redacted]',
    )
  })

  it('keeps a filter that speaks of such names', () => {
    const target = '/scim/entra/v2/Users?filter=userName+eq+%22key%3Dtoken%22&attributes=userName,token'
    expect(redactUsual({ target }).target).toBe(target)
  })

  it('is not held up by a list of attributes that begins with many blanks', () => {
    const blanks = '+'.repeat(1_000_000)
    expect(redact({ target: `/Users?attributes=${blanks}a+b,password` }).target).toBe('/Users?attributes=[redacted]')
    const list = `/Users?attributes=${blanks}userName,password`
    expect(redact({ target: list }).target).toBe(list)
  })

  it('keeps the shape of a filter and lists of attributes', () => {
    expect(decodeURIComponent(redact({ target: '/Users?filter=password+eq+%22x%22&count=1' }).target)).toBe(
      '/Users?filter=password eq "[redacted]"&count=1',
    )
    const list = '/Users?attributes=userName,password'
    expect(redact({ target: list }).target).toBe(list)
  })

  it('hides a filter as a whole that is too long to be looked through', () => {
    const target = `/Users?filter=${Array(300).fill('password+eq+"x"').join('+and+')}`
    expect(decodeURIComponent(redact({ target }).target)).toBe('/Users?filter=[redacted]')
  })

  it('hides credentials in headers', () => {
    const { requestHeaders, responseHeaders } = redact({
      requestHeaders: 'Host: a\nAuthorization: Bearer hunter2!\nCOOKIE: a=hunter2!\nReferer: /?password=hunter2!',
      responseHeaders: 'set-cookie: b=hunter2!\ncontent-length: 1',
    })
    expect(requestHeaders).toBe('Host: a\nAuthorization: [redacted]\nCOOKIE: [redacted]\nReferer: [redacted]')
    expect(responseHeaders).toBe('set-cookie: [redacted]\ncontent-length: 1')
  })

  it.each([
    'Cf-Access-Jwt-Assertion',
    'x-goog-iap-jwt-assertion',
    'X-Amzn-Oidc-Data',
    'DPoP',
    'Ocp-Apim-Subscription-Key',
    'x-functions-key',
    'X_API_KEY',
    'X-Auth',
    'X-Auth-Key',
    'X-Session-Id',
    'X-Bearer',
  ])('hides the credentials for what stands in front of the endpoint in %s', (name) => {
    const { requestHeaders } = redact({ requestHeaders: `Host: a\n${name}: hunter2!\nAccept: */*` })
    expect(requestHeaders).toBe(`Host: a\n${name}: [redacted]\nAccept: */*`)
  })
})

describe('redaction of credentials in odd places', () => {
  const token = 'hunter2hunter2'
  it.each([
    `X-Forwarded-Authz: Bearer ${token}`,
    `X-Ms-Original: {"authorization":"bearer ${token}"}`,
    `X-Upstream: Authorization: Basic ${token}`,
    `X-Okta: SSWS ${token}`,
    `Referer: https://ana:${token}@idp.example/`,
  ])('hides the value of %s, whatever it is called', (line) => {
    const { requestHeaders } = redactUsual({ requestHeaders: `Host: a\n${line}\nAccept: */*` })
    expect(requestHeaders).toBe(`Host: a\n${line.slice(0, line.indexOf(':'))}: [redacted]\nAccept: */*`)
  })

  it('keeps a challenge, and headers that only speak of such things', () => {
    const headers = 'WWW-Authenticate: Bearer realm="Rollcall"\nX-Plan: basic\nX-Url: https://a:443/b@c'
    expect(redactUsual({ requestHeaders: headers, responseHeaders: headers })).toMatchObject({
      requestHeaders: headers,
      responseHeaders: headers,
    })
  })

  it('hides a token among the parameters of a path, and where an error quotes that path', () => {
    const { target, response } = redactUsual({
      target: `/scim/entra/v2/Users;v=1;token=${token}/7?count=1`,
      status: 404,
      responseBody: JSON.stringify({ detail: `There is nothing at "/scim/entra/v2/Users;v=1;token=${token}/7".` }),
    })
    expect(target).toBe('/scim/entra/v2/Users;v=1;token=[redacted]/7?count=1')
    expect(response.text).not.toContain(token)
  })
})

describe('redaction of texts that are made to take long', () => {
  const long = 300_000
  it.each([
    ['blanks', ' '],
    ['backslashes', '\\'],
    ['quotes', '"'],
    ['plus signs', '+'],
    ['escaped backslashes', '%5C'],
  ])('looks through %s once', (_, each) => {
    const run = each.repeat(long / each.length)
    const { request } = redact({
      target: `/scim/password${run}`,
      requestBody: JSON.stringify({ title: `password${run}x` }),
    })
    expect(request.state).toBe('kept')
  })
})

describe('redaction of what quotes a request', () => {
  it('hides a secret in the detail of an error and in the trace', () => {
    const { response, trace } = redact({
      status: 400,
      requestBody: '{"password":"hunter2! and more than is ever shown"}',
      responseBody: '{"status":"400","detail":"The value hunter2! and more… is too short."}',
      trace: '[{"step":"parse","code":"too-short","seen":"hunter2! and more…"}]',
    })
    expect(response.text).toBe('{"status":"400","detail":"[redacted]"}')
    expect(trace).toBe('[{"step":"parse","code":"too-short","seen":"[redacted]"}]')
  })

  it.each(['password', 'access_token'])('hides the value of the parameter %s in the detail of an error', (name) => {
    const { response } = redact({
      target: `/scim/entra/v2/Users?${name}=hunter2`,
      status: 400,
      responseBody: '{"status":"400","detail":"There is no parameter for hunter2."}',
    })
    expect(response.text).toBe('{"status":"400","detail":"[redacted]"}')
  })

  it('keeps what an error says of something else', () => {
    const said = {
      responseBody: '{"status":"409","scimType":"uniqueness","detail":"The userName \\"ana\\" is already taken."}',
      trace: '[{"step":"rule","code":"uniqueness-refused","path":"userName","seen":"ana"}]',
    }
    const { response, trace } = redact({
      ...said,
      status: 409,
      requestBody: '{"userName":"ana","password":"hunter2!"}',
    })
    expect(response.text).toBe(said.responseBody)
    expect(trace).toBe(said.trace)
  })

  it('hides what a note says of a redacted attribute', () => {
    expect(redact({ trace: `[{"step":"parse","code":"x","path":"${ssn}","seen":"123-45"}]` }).trace).toBe(
      `[{"step":"parse","code":"x","path":"${ssn}","seen":"[redacted]"}]`,
    )
  })

  it('hides a parser message about a body that was withheld', () => {
    const { response } = redact({
      status: 400,
      requestBody: '{"password":hunter2!}',
      responseBody: '{"detail":"Unexpected token h in hunter2!"}',
    })
    expect(response.text).toBe('{"detail":"[redacted]"}')
  })

  it('keeps a reason that names a redacted attribute and quotes nothing', () => {
    const why = (seen: string) =>
      redactUsual({ trace: JSON.stringify([{ step: 'status', code: 'declined', seen }]) }).trace
    const harmless = [
      '"password" must be text.',
      '"urn:ietf:params:scim:schemas:core:2.0:User:password" is never returned.',
    ]
    for (const seen of harmless) expect(why(seen)).toContain(JSON.stringify(seen))
    for (const seen of [
      '"password" must be text; got 12345.',
      'The attribute "password" has no sub-attribute "hunter2!".',
      '"password:hunter2" is not an attribute path.',
      'There is no user with the id "password=hunter2".',
    ])
      expect(why(seen)).not.toMatch(/hunter2|12345/)
  })

  it('keeps where a withheld body could not be read, and the steps before', () => {
    const { trace } = redact({
      status: 400,
      requestBody: '{"userName": "a", "password": "hunter2!" oops',
      trace: JSON.stringify([
        { step: 'authenticate', code: 'token-accepted', seen: 'entra' },
        {
          step: 'status',
          code: 'declined',
          seen: "The body is not valid JSON: Expected ',' or '}' in JSON at position 41.",
        },
        { step: 'status', code: 'declined', seen: 'The body is not valid JSON: Unexpected token, "hunter2!" is not.' },
      ]),
    })
    expect(trace).toContain('"entra"')
    expect(trace).toContain('at position 41')
    expect(trace).not.toContain('hunter2')
  })

  it('hides a value without quotation marks in what an error quotes of a filter or a path', () => {
    const detail = 'Expected an operator at position 4, but found \\"equals hunter2!\\".'
    const failed = {
      status: 400,
      responseBody: `{"detail":"${detail}"}`,
      trace: `[{"code":"declined","seen":"${detail}"}]`,
    }
    for (const asked of [
      { target: '/scim/entra/v2/Users?filter=ssn%20equals%20hunter2!' },
      { requestBody: '{"filter":"ssn equals hunter2!"}' },
      { requestBody: '{"Operations":[{"op":"replace","path":"ssn equals hunter2!","value":"x"}]}' },
    ])
      expect(JSON.stringify(redact({ ...failed, ...asked }))).not.toContain('hunter2')
    expect(redactUsual({ target: '/scim/entra/v2/Users?filter=password:hunter2' }).target).not.toContain('hunter2')
  })

  it('hides whatever could quote one of more secrets than are told apart', () => {
    const Operations = Array.from({ length: 250 }, (_, at) => ({ op: 'add', value: { password: `hunter${at}!` } }))
    const { response } = redact({
      status: 400,
      requestBody: JSON.stringify({ Operations }),
      responseBody: '{"status":"400","detail":"The value hunter249! is too short."}',
    })
    expect(response.text).toBe('{"status":"400","detail":"[redacted]"}')
  })
})

/** The name with some letters in upper case and some behind escapes. */
const spelled = (name: string) =>
  fc
    .array(fc.constantFrom('plain', 'upper', 'escape'), { minLength: name.length, maxLength: name.length })
    .map((ways) =>
      ways
        .map((way, at) => {
          const letter = name[at] ?? ''
          if (way === 'upper') return letter.toUpperCase()
          return way === 'escape' ? `\\u00${letter.charCodeAt(0).toString(16)}` : letter
        })
        .join(''),
    )

describe('a planted secret', () => {
  const secret = 'S3CR3T-9f2c'
  const value = fc.constantFrom(
    `"${secret}"`,
    `["${secret}"]`,
    `{"value":"${secret}"}`,
    `{"${secret}":true}`,
    JSON.stringify(JSON.stringify({ a: secret })),
  )
  const key = fc.oneof(
    spelled('password'),
    spelled('ssn'),
    spelled('ssn').map((name) => `${ssn.slice(0, -3)}${name}`),
  )
  const { message } = fc.letrec<{ message: string; leaf: string }>((tie) => ({
    leaf: fc.oneof(
      fc.tuple(key, value).map(([name, json]) => `{"${name}":${json}}`),
      fc.tuple(key, value).map(([name, json]) => `{"op":"replace","path":"${name}","value":${json}}`),
      fc.tuple(key, key, value).map(([first, second, json]) => `{"${first}":${json},"${second}":1}`),
      key.map((name) => `{"filter":"${name} eq \\"${secret}\\""}`),
    ),
    message: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      tie('message').map((inner) => `[1,${inner}]`),
      tie('message').map((inner) => `{"Operations":[${inner}],"a":"b"}`),
      tie('message').map((inner) => `{"data":${JSON.stringify(inner)}}`),
    ),
  }))

  it('is never kept, however its name is written and however deep it stands', () => {
    fc.assert(
      fc.property(message, (requestBody) => {
        const { request } = redact({ requestBody })
        expect(request.text).not.toContain(secret)
      }),
      { numRuns: 500 },
    )
  })

  it('is not kept in text within text, deeper than anybody looks', () => {
    for (const inner of [`{"op":"replace","path":"s\\u0073n","value":"${secret}"}`, `"s\\u0073n eq ${secret}`]) {
      let text = inner
      for (let depth = 0; depth < 9; depth += 1) {
        text = JSON.stringify({ data: text })
        expect(redact({ requestBody: text }).request.text).not.toContain(secret)
      }
    }
  })

  it('is never kept in a query, however it is encoded', () => {
    const encoded = spelled('password').chain((name) =>
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }).map((escape) =>
        Array.from(name.replaceAll(/\\u00(..)/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))))
          .map((letter, at) => (escape[at] === true ? `%${letter.charCodeAt(0).toString(16)}` : letter))
          .join(''),
      ),
    )
    fc.assert(
      fc.property(
        encoded,
        fc.constantFrom('+', '%20'),
        fc.constantFrom(`%22${secret}%22`, secret, `"${secret}`, `%22a%22+or+x+eq+${secret}`),
        (name, space, literal) => {
          const { target } = redact({ target: `/Users?filter=a+pr+and+${name}${space}eq${space}${literal}&count=1` })
          expect(target).not.toContain(secret)
        },
      ),
    )
  })
})

describe('redaction of our own tokens', () => {
  const token = `rc_${'aB3_-'.repeat(9).slice(0, 43)}`

  it('finds them wherever an identity provider has pasted them', () => {
    const everywhere = redact({
      target: `/scim/v2/Users/${token}?access_token=${token}&filter=title%20eq%20%22${token}%22`,
      requestHeaders: `referer: https://x/?t=${token}\nuser-agent: ${token}`,
      requestBody: JSON.stringify({ title: token, nickName: `bearer ${token}` }),
      responseHeaders: `location: https://x/${token}`,
      responseBody: JSON.stringify({ title: token }),
      trace: JSON.stringify([{ step: 'parse', code: 'filter-parsed', seen: `title eq "${token.slice(0, 30)}` }]),
    })
    expect(JSON.stringify(everywhere)).not.toMatch(/rc_aB3/)
    expect(everywhere.request).toEqual({
      text: '{"title":"[redacted]","nickName":"bearer [redacted]"}',
      state: 'redacted',
    })
  })

  it.each([
    { target: `/scim/v2/Users/${token}` },
    { requestHeaders: `user-agent: ${token}` },
    { requestBody: `{"title":"${token}"}` },
    { responseHeaders: `location: https://x/${token}` },
    { responseBody: `{"title":"${token}"}` },
    { trace: `[{"step":"match","code":"not-found","seen":"${token}"}]` },
  ])('finds one that nothing else of the request gives away: %j', (changed) => {
    const text = JSON.stringify(redactUsual(changed))
    expect(text).toContain('[redacted]')
    expect(text).not.toContain('rc_aB3')
  })

  it('leaves the prefix by which a token is told, and words that only look alike', () => {
    const requestBody = JSON.stringify({ title: 'rc_7cngIM-8', nickName: 'src_some_long_identifier_name' })
    expect(redact({ requestBody }).request).toEqual({ text: requestBody, state: 'kept' })
  })
})
