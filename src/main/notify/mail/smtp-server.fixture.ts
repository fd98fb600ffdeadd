import type { SMTPServerOptions } from 'smtp-server'
import { onTestFinished } from 'vitest'
import { openSmtpServer, type TestSmtpServer } from '../../../../test/smtp-server.ts'

/** A real SMTP server on loopback that goes when the test ends. */
export async function startSmtpServer(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtpServer> {
  const server = await openSmtpServer(options, port)
  onTestFinished(server.stop)
  return server
}
