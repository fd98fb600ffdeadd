/** Which part a request plays in what an IdP does. */
export type ExchangeRole =
  /** A lookup of a random GUID: Entra ID begins with some whatever it does. */
  | 'probe'
  /** A connection test of another IdP: one or two users are asked for. */
  | 'test'
  | 'lookup'
  /** A page of a list of everybody. */
  | 'page'
  | 'read'
  /** Whether somebody has that manager or is a member already. */
  | 'reference'
  | 'create'
  | 'change'
  | 'membership'
  | 'delete'
  | 'bulk'
  | 'discovery'
  /** 401, 429 for too many wrong tokens, or 403 to whatever is asked: nothing gets in. */
  | 'refusal'
  /** The IdP was told to come back: 429, or 503 in a pause. */
  | 'deferral'
  | 'other'

export type Noun = 'user' | 'group'

/** What a role is told from: a stored exchange's own columns and its classification (journal/classify/classify.ts). */
export interface ClassifiedExchange {
  readonly method: string
  readonly target: string
  readonly endpoint: string | undefined
  readonly status: number
  readonly matched: number | undefined
  readonly classification: string
}

const guidFilter = /[?&]filter=[^&]*?eq(?:\+|%20)%22[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}%22(?:&|$)/i

export function nounOf(endpoint: string | undefined): Noun | undefined {
  return endpoint === 'Users' ? 'user' : endpoint === 'Groups' ? 'group' : undefined
}

function roleOfGet(exchange: ClassifiedExchange): ExchangeRole {
  const { classification, target, status } = exchange
  if (classification.startsWith('connection test')) return target.includes('filter=') ? 'probe' : 'test'
  // A probe that failed matched nothing, so that it is not classified as one.
  if (status >= 400 && classification.includes('lookup') && guidFilter.test(target)) return 'probe'
  if (classification.startsWith('list ')) return 'page'
  if (classification.startsWith('manager check') || classification.startsWith('membership check')) return 'reference'
  if (classification.startsWith('read ')) return nounOf(exchange.endpoint) === undefined ? 'discovery' : 'read'
  return nounOf(exchange.endpoint) === undefined ? 'other' : 'lookup'
}

export function roleOf(exchange: ClassifiedExchange): ExchangeRole {
  const { method, endpoint, status, classification } = exchange
  if (status === 401 || classification === 'refused: too many bad tokens') return 'refusal'
  if (status === 429 || classification === 'refused: paused') return 'deferral'
  if (endpoint === 'Bulk') return 'bulk'
  const noun = nounOf(endpoint)
  switch (method) {
    case 'GET':
    case 'HEAD':
      return roleOfGet(exchange)
    case 'POST':
      if (classification.startsWith('search')) return 'lookup'
      return noun === undefined ? 'other' : 'create'
    case 'PUT':
      return noun === undefined ? 'other' : 'change'
    case 'PATCH':
      if (noun === undefined) return 'other'
      return noun === 'group' && classification.includes('member') ? 'membership' : 'change'
    case 'DELETE':
      return noun === undefined ? 'other' : 'delete'
    default:
      return 'other'
  }
}
