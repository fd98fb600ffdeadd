import type { SeededRandom } from '../seeded-random.ts'
import { names, nastyTexts, operators, ops } from './nasty-words.ts'

/** One hostile request. `answers` is how many answers well-behaved HTTP would get; none where the bytes are no whole request. */
export interface HostileRequest {
  readonly kind: string
  readonly bytes: string | Buffer
  readonly answers: number
  readonly isHead?: boolean
  /** The bytes are such that the connection cannot be used for another request. */
  readonly spoilsConnection?: boolean
}

export interface Target {
  readonly path: string
  readonly token: string
  /** Ids of a user and of a group to shoot at. */
  readonly userId: string
  readonly groupId: string
}

/** Makes hostile requests, the same ones for the same seed. */
export function createHostileRequests(random: SeededRandom, target: Target): () => HostileRequest {
  const oneIn = (n: number) => random.below(n) === 0
  const nasty = () => random.pick(nastyTexts)
  const name = () => (oneIn(8) ? nasty() : random.pick(names))

  const value = (depth = 0): unknown => {
    const dice = random.below(depth > 3 ? 6 : 9)
    if (dice < 2) return nasty()
    if (dice === 2) return random.pick([true, false, null, 0, -1, 1e308, -0, 2 ** 53, 0.1])
    if (dice === 3) return random.pick([target.userId, target.groupId, 'True', 'maybe', 'bulkId:x'])
    if (dice < 6) return random.below(1_000_000).toString(36)
    if (dice === 6) return Array.from({ length: random.below(5) }, () => value(depth + 1))
    return Object.fromEntries(Array.from({ length: random.below(6) }, () => [name(), value(depth + 1)]))
  }

  const filter = (depth = 0): string => {
    const dice = random.below(depth > 3 ? 4 : 8)
    if (dice < 4) return `${name()} ${random.pick(operators)} ${oneIn(4) ? nasty() : JSON.stringify(value(4))}`
    if (dice === 4) return `not (${filter(depth + 1)})`
    if (dice === 5) return `${name()}[${filter(depth + 1)}]${oneIn(2) ? '.value' : ''}`
    return `(${filter(depth + 1)}) ${random.pick(['and', 'or', 'xor'])} ${filter(depth + 1)}`
  }

  const path = () =>
    random.pick([
      '/Users',
      '/Groups',
      `/Users/${target.userId}`,
      `/Groups/${target.groupId}`,
      '/Bulk',
      '/Me',
      '/.search',
      '/Users/.search',
      '/Schemas',
      '/ResourceTypes/User',
      '/ServiceProviderConfig',
      '/Users/',
      '//Users//x',
    ])
  const method = () => random.pick(['GET', 'POST', 'PUT', 'PATCH', 'GET', 'POST', 'PATCH', 'HEAD', 'OPTIONS'])

  function request(kind: string, verb: string, where: string, body: string | Buffer = '', more = ''): HostileRequest {
    const content = Buffer.from(body)
    const head =
      `${verb} ${target.path}${where} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${target.token}\r\n${more}` +
      (content.length > 0 ? `Content-Type: application/scim+json\r\nContent-Length: ${content.length}\r\n\r\n` : '\r\n')
    return { kind, bytes: Buffer.concat([Buffer.from(head, 'latin1'), content]), answers: 1, isHead: verb === 'HEAD' }
  }

  const patchBody = () =>
    JSON.stringify({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: Array.from({ length: random.below(4) }, () => ({
        op: random.pick(ops),
        path: oneIn(3) ? undefined : oneIn(2) ? name() : `${name()}[${filter(2)}].${name()}`,
        value: value(),
      })),
    })

  const resourceBody = () => {
    const body = Object.fromEntries(Array.from({ length: random.below(10) }, () => [name(), value()]))
    return JSON.stringify({ userName: `${random.below(1e9)}@fuzz.test`, ...body }).replaceAll(
      '"constructor"',
      '"__proto__"',
    )
  }

  /** Flips, cuts and doubles bytes of a good text. */
  const mutate = (text: string): Buffer => {
    const bytes = Buffer.from(text)
    for (let i = random.below(4); i >= 0; i--)
      if (bytes.length > 0) bytes[random.below(bytes.length)] = random.below(256)
    return oneIn(3) ? bytes.subarray(0, random.below(bytes.length)) : bytes
  }

  const deep = 20_000
  const kinds: readonly (readonly [weight: number, make: () => HostileRequest])[] = [
    [
      25,
      () =>
        request(
          'filter',
          'GET',
          `${random.pick(['/Users', '/Groups'])}?filter=${encodeURIComponent(filter().toWellFormed())}`,
        ),
    ],
    [12, () => request('patch', 'PATCH', path(), patchBody())],
    [12, () => request('resource', random.pick(['POST', 'PUT']), path(), resourceBody())],
    [
      12,
      () =>
        request(
          'broken JSON',
          random.pick(['POST', 'PUT', 'PATCH']),
          path(),
          mutate(oneIn(2) ? resourceBody() : patchBody()),
        ),
    ],
    [6, () => request('any method anywhere', method(), path(), oneIn(2) ? JSON.stringify(value()) : '')],
    [
      6,
      () =>
        request(
          'search',
          'POST',
          '/.search',
          JSON.stringify({ filter: filter(), attributes: value(), sortBy: name(), count: value() }),
        ),
    ],
    [
      5,
      () =>
        request(
          'bulk',
          'POST',
          '/Bulk',
          JSON.stringify({
            failOnErrors: value(4),
            Operations: [value(), { method: method(), path: path(), bulkId: nasty(), data: value() }],
          }),
        ),
    ],
    [
      6,
      () =>
        request(
          'query',
          'GET',
          `/Users?${random.pick(['sortBy', 'attributes', 'count', 'startIndex', 'cursor', 'excludedAttributes', 'filter'])}=${encodeURIComponent(nasty().toWellFormed())}`,
        ),
    ],
    [
      5,
      () =>
        request(
          'percent-encoding',
          'GET',
          `/Users${random.pick(['/%', '/%zz', '?filter=%', '?filter=%ff%fe', '/%00', '/%2e%2e%2f', '?%=%', '/%c0%af', '?filter=userName%20eq%20%22%ed%a0%80%22'])}`,
        ),
    ],
    [3, () => request('id', method(), `/Users/${encodeURIComponent(nasty().toWellFormed())}`, '')],
    [
      2,
      () =>
        request(
          'headers',
          'GET',
          '/Users?count=1',
          '',
          `If-None-Match: ${random.pick(['"', 'W/', '*', ',,,', 'x'.repeat(2_000)])}\r\nX-Request-Id: ${random.pick(['<b>', 'x'.repeat(3_000), "'--"])}\r\n`,
        ),
    ],
    [1, () => request('deep lists', random.pick(['POST', 'PATCH']), path(), '['.repeat(deep) + ']'.repeat(deep))],
    [1, () => request('deep objects', 'POST', '/Users', `${'{"name":'.repeat(deep)}1${'}'.repeat(deep)}`)],
    [
      1,
      () =>
        request(
          'deep value',
          'PATCH',
          `/Users/${target.userId}`,
          `{"Operations":[{"op":"add","path":"title","value":${'['.repeat(deep)}${']'.repeat(deep)}}]}`,
        ),
    ],
    [
      1,
      () =>
        request(
          'deep filter',
          'POST',
          '/Users/.search',
          JSON.stringify({
            filter: random.pick(['(', 'not (']).repeat(5_000) + 'userName pr' + ')'.repeat(5_000),
          }),
        ),
    ],
    [
      1,
      () =>
        request(
          'long filter',
          'POST',
          '/Users/.search',
          JSON.stringify({ filter: Array.from({ length: 5_000 }, () => 'userName pr').join(' or ') }),
        ),
    ],
    [
      1,
      () =>
        request(
          'wide object',
          'POST',
          '/Users',
          `{"userName":"w@fuzz.test",${Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join(',')}}`,
        ),
    ],
    [
      1,
      () =>
        request(
          'many operations',
          'PATCH',
          `/Users/${target.userId}`,
          JSON.stringify({
            Operations: Array.from({ length: 2_000 }, () => ({ op: 'add', path: 'emails', value: [{ value: 'x' }] })),
          }),
        ),
    ],
    [
      1,
      () => ({
        ...request('pipelining', 'GET', '/Users?count=1'),
        bytes: Buffer.concat(Array.from({ length: 10 }, () => Buffer.from(request('', 'GET', '/Users?count=1').bytes))),
        answers: 10,
      }),
    ],
    [
      1,
      () => ({
        kind: 'no HTTP',
        bytes: mutate('GET / HTTP/1.1\r\nHost: x\r\n\r\n'),
        answers: 0,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'TLS to a plain port',
        bytes: Buffer.from('16030100f1010000ed0303', 'hex'),
        answers: 0,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        ...request(
          'header flood',
          'GET',
          '/Users',
          '',
          Array.from({ length: 3_000 }, (_, i) => `X-${i}: ${i}\r\n`).join(''),
        ),
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'two lengths',
        bytes: `POST ${target.path}/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde`,
        answers: 1,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'length and chunks',
        bytes: `POST ${target.path}/Users HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
        answers: 1,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'negative length',
        bytes: `POST ${target.path}/Users HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n`,
        answers: 1,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'body shorter than announced',
        bytes: request('', 'POST', '/Users', 'x').bytes.toString().replace('Content-Length: 1', 'Content-Length: 999'),
        answers: 0,
        spoilsConnection: true,
      }),
    ],
    [
      1,
      () => ({
        kind: 'bad chunk',
        bytes: `POST ${target.path}/Users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${target.token}\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
        answers: 1,
        spoilsConnection: true,
      }),
    ],
  ]
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0)

  return () => {
    let left = random.below(total)
    for (const [weight, make] of kinds) {
      if (left < weight) return make()
      left -= weight
    }
    return request('plain', 'GET', '/Users?count=1')
  }
}
