import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as the server took it. */
export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** As it came over the wire. */
  readonly raw: string
  /** The value of a header, unfolded; empty where there is none. */
  header(name: string): string
  readonly isEncrypted: boolean
  readonly user: string | undefined
}

/** How the server treats a mail: `accept`, an SMTP status to refuse it with, or `hang` for no answer at all. */
export type Treatment = 'accept' | 'hang' | { readonly refuse: number; readonly at: 'recipient' | 'data' }

export interface TestSmtpServer {
  readonly port: number
  readonly mails: readonly ReceivedMail[]
  /** The Message-IDs of all that came, also of what was not taken. */
  readonly tried: readonly string[]
  /** How the next mails are treated. */
  treat(how: Treatment): void
  /** How often somebody has connected. */
  connections(): number
  stop(): Promise<void>
}

function headerOf(raw: string, name: string): string {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  const line = head.split('\r\n').find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`))
  return line === undefined ? '' : line.slice(line.indexOf(':') + 1).trim()
}

function refusal(status: number): Error {
  return Object.assign(new Error(`refused with ${status}`), { responseCode: status })
}

/** A real SMTP server on loopback, until it is stopped. */
export async function openSmtpServer(options: SMTPServerOptions = {}, port = 0): Promise<TestSmtpServer> {
  const mails: ReceivedMail[] = []
  const tried: string[] = []
  let how: Treatment = 'accept'
  let connections = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: options.cert === undefined ? ['STARTTLS'] : [],
    logger: false,
    onConnect(_session, done) {
      connections += 1
      done()
    },
    onRcptTo(_address, _session, done) {
      done(how !== 'accept' && how !== 'hang' && how.at === 'recipient' ? refusal(how.refuse) : null)
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8')
        tried.push(headerOf(raw, 'message-id'))
        if (how === 'hang') return
        if (how !== 'accept') return done(refusal(how.refuse))
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((each) => each.address),
          raw,
          header: (name) => headerOf(raw, name),
          isEncrypted: session.secure,
          user: session.user === undefined ? undefined : String(session.user),
        })
        done()
      })
    },
    ...options,
  })
  // What breaks off in the middle is part of the tests.
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address()
  const stop = () => new Promise<void>((resolve) => server.close(resolve))
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    mails,
    tried,
    treat(treatment) {
      how = treatment
    },
    connections: () => connections,
    stop,
  }
}
