import type { Address } from './connection.ts'

/** A SCIM endpoint under measurement. */
export interface Target extends Address {
  readonly name: string
  /** Path of the SCIM base URL, without a slash at its end. */
  readonly basePath: string
  readonly token: string
  readonly pid: number
  /** A stub answers every request with a fixed document: its bodies are not checked. */
  readonly kind: 'scim' | 'stub'
}

const MEDIA_TYPE = 'application/scim+json'

function head(target: Target, method: string, path: string): string {
  return `${method} ${target.basePath}${path} HTTP/1.1\r\nHost: ${target.host}:${target.port}\r\nAuthorization: Bearer ${target.token}\r\nAccept: ${MEDIA_TYPE}\r\n`
}

export function getRequest(target: Target, path: string): string {
  return `${head(target, 'GET', path)}\r\n`
}

export function deleteRequest(target: Target, path: string): string {
  return `${head(target, 'DELETE', path)}\r\n`
}

/** `body` must be plain ASCII, so that its length is its size. */
export function bodyRequest(target: Target, method: 'POST' | 'PATCH', path: string, body: unknown): string {
  return writtenRequest(target, method, path, JSON.stringify(body))
}

/** The same with a body that is written out already. */
export function writtenRequest(target: Target, method: 'POST' | 'PATCH', path: string, text: string): string {
  return `${head(target, method, path)}Content-Type: ${MEDIA_TYPE}; charset=utf-8\r\nContent-Length: ${text.length}\r\n\r\n${text}`
}

/** `/Users?filter=userName eq "…"`, encoded the way Entra ID encodes it. */
export function lookupRequest(target: Target, userName: string): string {
  return getRequest(target, `/Users?filter=userName+eq+%22${encodeURIComponent(userName)}%22`)
}

export interface PatchOperation {
  readonly op: 'Add' | 'Replace' | 'Remove'
  readonly path: string
  readonly value?: unknown
}

export function patchRequest(target: Target, path: string, operations: readonly PatchOperation[]): string {
  return bodyRequest(target, 'PATCH', path, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: operations,
  })
}
