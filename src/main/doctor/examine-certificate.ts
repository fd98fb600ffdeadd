import { moment } from '../moment-text.ts'
import { certificateProblem, readTls, type TlsFiles, type TlsPaths } from '../tls-files.ts'
import { fine, problem, reasonOf, warning, type Finding } from './finding.ts'

const soonMs = 14 * 86_400_000

/** Whether a certificate is valid, and for how long. */
export function examineCertificate(tls: Pick<TlsFiles, 'validFrom' | 'validTo'>, now: number): Finding {
  const expiry = certificateProblem(tls, now)
  if (expiry !== undefined) return problem('certificate', expiry)
  return tls.validTo - now < soonMs
    ? warning('certificate', `It expires ${moment(tls.validTo, now)}. Renew it soon.`)
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
