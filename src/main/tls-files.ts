import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { Refusal } from '../main/administration/refusal.ts'
import type { Tls } from '../main/endpoint/http-server.ts'
import { errorCode } from '../main/error-code.ts'
import { UsageError } from './usage-error.ts'

export interface TlsFlags {
  readonly tlsCert?: string
  readonly tlsKey?: string
}

export interface TlsFiles extends Tls {
  /** Ms since the epoch. */
  readonly validFrom: number
  readonly validTo: number
}

function read(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    const code = errorCode(error) ?? 'unknown'
    const reason =
      code === 'ENOENT'
        ? 'does not exist'
        : code === 'EACCES'
          ? 'is not readable by this user'
          : `cannot be read (${code})`
    throw new Refusal(`The ${what} ${file} ${reason}.`)
  }
}

function parse<Result>(make: () => Result, problem: string): Result {
  try {
    return make()
  } catch {
    throw new Refusal(problem)
  }
}

/** Reads and checks certificate and key; undefined when neither is given. Throws one line that names the file and what is wrong with it. */
export function readTlsFiles({ tlsCert, tlsKey }: TlsFlags): TlsFiles | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined)
    throw new UsageError('TLS needs both --tls-cert FILE and --tls-key FILE.')
  const cert = read(tlsCert, 'certificate')
  const key = read(tlsKey, 'private key')
  const certificate = parse(
    () => new X509Certificate(cert),
    `The certificate ${tlsCert} is not PEM ("-----BEGIN CERTIFICATE-----").`,
  )
  const privateKey = parse(() => createPrivateKey(key), `The private key ${tlsKey} is not PEM without a passphrase.`)
  if (!certificate.checkPrivateKey(privateKey))
    throw new Refusal(`The private key ${tlsKey} does not belong to the certificate ${tlsCert}.`)
  parse(() => createSecureContext({ cert, key }), `The certificate ${tlsCert} cannot be used for TLS.`)
  return { cert, key, validFrom: certificate.validFromDate.getTime(), validTo: certificate.validToDate.getTime() }
}

/** Why IdPs would refuse a certificate at this moment, if so. */
export function certificateProblem({ validFrom, validTo }: TlsFiles, now: number): string | undefined {
  if (now > validTo) return `The certificate expired on ${new Date(validTo).toISOString().slice(0, 10)}. Renew it.`
  if (now < validFrom)
    return `The certificate is valid only from ${new Date(validFrom).toISOString().slice(0, 10)}. Check the clock.`
  return undefined
}
