import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { Refusal } from '../administration/refusal.ts'
import type { Tls } from '../endpoint/http/http-server.ts'
import { errorCode } from '../error-code.ts'

/** Where certificate and key are. */
export interface TlsPaths {
  readonly cert: string
  readonly key: string
}

export interface TlsFiles extends Tls {
  readonly paths: TlsPaths
  /** Changes when one of the files is written anew. */
  readonly stamp: string
  /** Ms since the epoch. */
  readonly validFrom: number
  readonly validTo: number
}

/** Whether it was read from files, so that it can be read again. */
export function isFromFiles(tls: Tls): tls is TlsFiles {
  return 'paths' in tls && 'stamp' in tls
}

function read(file: string, what: string): string {
  try {
    // A pipe that nobody writes into would hold up the whole process, and cannot be read again when it is renewed.
    if (!statSync(file).isFile()) throw new Refusal(`The ${what} ${file} is no file.`)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Refusal) throw error
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

/** Undefined for a file that is missing, or that cannot be looked at: its folder is closed to this user, its link leads in a circle. */
function stampOfFile(file: string): string | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  } catch (error) {
    if (errorCode(error) === undefined) throw error
    return undefined
  }
}

/** Changes when one of the files is written anew; empty while one of them is missing or out of reach. */
export function stampOf({ cert, key }: TlsPaths): string {
  const stamps = [cert, key].map(stampOfFile)
  return stamps.includes(undefined) ? '' : stamps.join(' ')
}

/** The text of a certificate chain, and its first certificate. Throws `Refusal`, one line that names the file and what is wrong with it. */
export function readCertificate(file: string): { readonly cert: string; readonly certificate: X509Certificate } {
  const cert = read(file, 'certificate')
  const problem = `The certificate ${file} is not PEM ("-----BEGIN CERTIFICATE-----").`
  return { cert, certificate: parse(() => new X509Certificate(cert), problem) }
}

/** The text of a private key, and the key. Throws `Refusal` as `readCertificate` does. */
export function readPrivateKey(file: string): { readonly key: string; readonly privateKey: KeyObject } {
  const key = read(file, 'private key')
  const problem = `The private key ${file} is not PEM without a passphrase.`
  return { key, privateKey: parse(() => createPrivateKey(key), problem) }
}

/** Reads certificate and key, and checks that they belong together. Throws `Refusal` as the two above do. */
export function readTls(paths: TlsPaths): TlsFiles {
  const stamp = stampOf(paths)
  const { cert, certificate } = readCertificate(paths.cert)
  const { key, privateKey } = readPrivateKey(paths.key)
  if (!certificate.checkPrivateKey(privateKey))
    throw new Refusal(`The private key ${paths.key} does not belong to the certificate ${paths.cert}.`)
  parse(() => createSecureContext({ cert, key }), `The certificate ${paths.cert} cannot be used for TLS.`)
  return {
    paths,
    stamp,
    cert,
    key,
    validFrom: certificate.validFromDate.getTime(),
    validTo: certificate.validToDate.getTime(),
  }
}

/** Why the files cannot be used, or why IdPs would refuse the certificate in them at this moment, if so. */
export function tlsFilesProblem(paths: TlsPaths, now: number): string | undefined {
  try {
    return certificateProblem(readTls(paths), now)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}

/** Why IdPs would refuse a certificate at this moment, if so; `name` is what to call it. */
export function certificateProblem(
  { validFrom, validTo }: Pick<TlsFiles, 'validFrom' | 'validTo'>,
  now: number,
  name = 'The certificate',
): string | undefined {
  if (now > validTo) return `${name} expired on ${new Date(validTo).toISOString().slice(0, 10)}. Renew it.`
  if (now < validFrom)
    return `${name} is valid only from ${new Date(validFrom).toISOString().slice(0, 10)}. Check the clock.`
  return undefined
}
