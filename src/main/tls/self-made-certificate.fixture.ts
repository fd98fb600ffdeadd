import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Tls } from '../endpoint/http/http-server.ts'

/** A certificate for 127.0.0.1 that vouches for itself, valid for so many days. */
export function selfMadeCertificate(days = 2): Tls {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days ${days} -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout ${key} -out ${cert}`
  const made = spawnSync('openssl', words.split(' '))
  if (made.status !== 0) throw new Error(made.stderr.toString())
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
}
