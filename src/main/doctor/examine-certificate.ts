import { moment } from '../text/moment-text.ts'
import { missingIssuer } from '../tls/tls-chain.ts'
import { certificateProblem, readTls, type TlsFiles, type TlsPaths } from '../tls/tls-files.ts'
import { fine, problem, reasonOf, warning, type Finding } from './finding.ts'

const soonMs = 14 * 86_400_000

/** Whether a certificate is valid, for how long, and whether its issuers come with it. */
export function examineCertificate(tls: Pick<TlsFiles, 'validFrom' | 'validTo' | 'cert'>, now: number): Finding {
  const expiry = certificateProblem(tls, now)
  if (expiry !== undefined) return problem('certificate', expiry)
  if (tls.validTo - now < soonMs)
    return warning('certificate', `It expires ${moment(tls.validTo, now)}. Renew it soon.`)
  const missing = missingIssuer(tls.cert)
  return missing !== undefined
    ? warning(
        'certificate',
        `Valid until ${moment(tls.validTo, now)}, but its issuer "${missing}" is neither in the file nor a root that this machine trusts, so that identity providers may refuse it. Use the file with the whole chain, such as fullchain.pem.`,
      )
    : fine('certificate', `Valid until ${moment(tls.validTo, now)}.`)
}

/** The same for files; none for no files. */
export function examineTlsFiles(paths: TlsPaths | undefined, now: number): readonly Finding[] {
  if (paths === undefined) return []
  try {
    return [examineCertificate(readTls(paths), now)]
  } catch (error) {
    return [problem('certificate', reasonOf(error))]
  }
}
