import { errorUrn } from './urn.ts'

/** The scimType values of RFC 7644 §3.12, table 9, and of RFC 9865 §2.2 (cursors). */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount'

/** A protocol failure: thrown anywhere, turned into a response in one place (RFC 7644 §3.12). */
export class ScimError extends Error {
  override readonly name = 'ScimError'
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly detail: string

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail)
    this.status = status
    this.scimType = scimType
    this.detail = detail
  }
}

/** The body of an error answer: the four keys of RFC 7644 §3.12 and no others; `status` is a string there. */
export function errorBody(error: { status: number; scimType?: ScimType | undefined; detail: string }): {
  schemas: readonly string[]
  status: string
  scimType?: ScimType
  detail: string
} {
  const body = { schemas: [errorUrn], status: String(error.status), detail: error.detail }
  return error.scimType === undefined ? body : { ...body, scimType: error.scimType }
}

const badRequest = (scimType: ScimType) => (detail: string) => new ScimError(400, scimType, detail)

export const invalidFilter = badRequest('invalidFilter')
export const invalidSyntax = badRequest('invalidSyntax')
export const invalidPath = badRequest('invalidPath')
export const invalidValue = badRequest('invalidValue')
export const invalidVersion = badRequest('invalidVers')
export const noTarget = badRequest('noTarget')
export const mutability = badRequest('mutability')
export const tooMany = badRequest('tooMany')
export const invalidCursor = badRequest('invalidCursor')
export const expiredCursor = badRequest('expiredCursor')
export const invalidCount = badRequest('invalidCount')

export const uniqueness = (detail: string) => new ScimError(409, 'uniqueness', detail)
export const conflict = (detail: string) => new ScimError(409, undefined, detail)
export const unauthorized = (detail: string) => new ScimError(401, undefined, detail)
export const forbidden = (detail: string) => new ScimError(403, undefined, detail)
export const notFound = (detail: string) => new ScimError(404, undefined, detail)
export const methodNotAllowed = (detail: string) => new ScimError(405, undefined, detail)
export const preconditionFailed = (detail: string) => new ScimError(412, undefined, detail)
export const payloadTooLarge = (detail: string) => new ScimError(413, undefined, detail)
export const unsupportedMediaType = (detail: string) => new ScimError(415, undefined, detail)
export const tooManyRequests = (detail: string) => new ScimError(429, undefined, detail)
export const notImplemented = (detail: string) => new ScimError(501, undefined, detail)
export const unavailable = (detail: string) => new ScimError(503, undefined, detail)
