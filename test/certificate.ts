import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0

/** A certificate that vouches for itself, as files in a folder. */
export interface CertificateFiles {
  readonly cert: string
  readonly key: string
  readonly certPem: string
  readonly keyPem: string
}

interface CertificateOptions {
  readonly name?: string
  readonly commonName?: string
  /** `IP:127.0.0.1` unless it is to be for somebody else. */
  readonly altName?: string
  /** Ends so many days from now; a negative number has ended. */
  readonly days?: number
  /** Begins so many days from now; yesterday, or a day before it ended. */
  readonly from?: number
}

function openssl(folder: string, ...args: readonly string[]): void {
  const made = spawnSync('openssl', args, { cwd: folder })
  if (made.status !== 0) throw new Error(made.stderr.toString())
}

/** The form of moments that `openssl ca` takes. */
function stamp(days: number): string {
  return `${new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
}

export function makeCertificate(folder: string, options: CertificateOptions = {}): CertificateFiles {
  const {
    name = 'cert',
    commonName = '127.0.0.1',
    altName = 'IP:127.0.0.1',
    days = 2,
    from = Math.min(0, days) - 1,
  } = options
  const [key, cert, config] = [join(folder, `${name}.key`), join(folder, `${name}.pem`), join(folder, `${name}.cnf`)]
  writeFileSync(
    config,
    `[ca]\ndefault_ca=own\n[own]\nnew_certs_dir=.\ndatabase=${name}.index\nserial=${name}.serial\ndefault_md=sha256\npolicy=any\nx509_extensions=names\n[any]\ncommonName=supplied\norganizationName=optional\n[names]\nsubjectAltName=${altName}\n[req]\ndistinguished_name=dn\n[dn]\n`,
  )
  writeFileSync(join(folder, `${name}.index`), '')
  writeFileSync(join(folder, `${name}.serial`), '01')
  const subject = `/CN=${commonName}/O=Example`
  const request = join(folder, `${name}.csr`)
  const kind = 'req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes'.split(' ')
  openssl(folder, ...kind, '-config', config, '-subj', subject, '-keyout', key, '-out', request)
  const dates = ['-startdate', stamp(from), '-enddate', stamp(days)]
  const own = ['ca', '-batch', '-selfsign', '-notext', '-config', config, '-keyfile', key, '-in', request]
  openssl(folder, ...own, ...dates, '-out', cert)
  return { cert, key, certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') }
}

/** A certificate for 127.0.0.1 that another one vouches for. */
export function issueCertificate(folder: string, issuer: CertificateFiles): CertificateFiles {
  const [key, cert, request] = [join(folder, 'issued.key'), join(folder, 'issued.pem'), join(folder, 'issued.csr')]
  const kind = 'req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=127.0.0.1'.split(' ')
  openssl(folder, ...kind, '-keyout', key, '-out', request)
  const by = ['-CA', issuer.cert, '-CAkey', issuer.key, '-set_serial', '2', '-days', '30']
  openssl(folder, 'x509', '-req', '-in', request, ...by, '-out', cert)
  return { cert, key, certPem: readFileSync(cert, 'utf8'), keyPem: readFileSync(key, 'utf8') }
}
