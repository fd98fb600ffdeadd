import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { createAttemptThrottle } from '../../main/access/attempt-throttle.ts'
import type { ConsolePassword } from '../../main/access/console-password.ts'
import { endsAtLatest, type ConsoleSessions, type SignedIn, type Visitor } from '../../main/access/console-sessions.ts'
import { VaultError } from '../../main/vault/vault.ts'
import { cookieName, readCookie, setCookie } from './session-cookie.ts'

interface SignInParts {
  readonly sessions: ConsoleSessions
  readonly password: ConsolePassword
  readonly clock: () => number
  readonly origin: () => string
}

const credentials = z.union([
  z.strictObject({ key: z.string().min(1).max(200) }),
  z.strictObject({ password: z.string().min(1).max(1000) }),
])

function visitorOf(request: FastifyRequest): Visitor {
  return { userAgent: request.headers['user-agent'] ?? '', remoteAddress: request.ip }
}

/** The session's secret in a request's cookie. */
export function sessionSecret(cookie: string | undefined, origin: string): string {
  return readCookie(cookie, cookieName(origin)) ?? ''
}

/**
 * `/session`: GET says whether the browser is signed in and how it can be, POST trades a key or a password for a cookie, DELETE signs out.
 * Whatever is wrong with a key or a password gets the same answer.
 */
export function addSignIn(server: FastifyInstance, { sessions, password, clock, origin }: SignInParts): void {
  const throttle = createAttemptThrottle()

  /** The cookie lasts as long as its session can: a page that is open for weeks could not be given another. Whether it is still good is known here. */
  function cookieUntil(secret: string, latest: number): string {
    return setCookie(origin(), secret, latest - clock())
  }

  function welcome(reply: FastifyReply, signedIn: SignedIn): FastifyReply {
    return reply.header('set-cookie', cookieUntil(signedIn.secret, signedIn.endsAtLatest)).send({ signedIn: true })
  }

  async function byPassword(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
    const { ip } = request
    const wait = throttle.wait(ip, clock())
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000)
      return reply
        .code(429)
        .header('retry-after', seconds)
        .send({ problem: `Wait ${seconds} s, then try again.` })
    }
    // Counted before it is looked at, so that many at once are not all free.
    throttle.failed(ip, clock())
    if (password.setAt() === undefined || !(await password.check(text)))
      return reply.code(401).send({ problem: 'That is not the password.' })
    throttle.succeeded(ip)
    return welcome(reply, await sessions.signIn(visitorOf(request)))
  }

  server.get('/session', (request, reply) => {
    const secret = sessionSecret(request.headers.cookie, origin())
    const session = sessions.find(secret)
    // The cookies of versions before ended a week after signing in.
    if (session) reply.header('set-cookie', cookieUntil(secret, endsAtLatest(session)))
    return reply.header('cache-control', 'no-store').send({
      signedIn: session !== undefined,
      hasPassword: password.setAt() !== undefined,
    })
  })

  server.post('/session', { bodyLimit: 4096 }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    const given = credentials.safeParse(request.body)
    if (!given.success) return reply.code(400).send({ problem: 'Send a key or a password.' })
    try {
      if ('password' in given.data) return await byPassword(request, reply, given.data.password)
      const signedIn = await sessions.trade(given.data.key, visitorOf(request))
      if (signedIn) return welcome(reply, signedIn)
      return reply.code(401).send({ problem: 'This link was used already, or is older than an hour.' })
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return reply.code(503).send({ problem: error.message })
    }
  })

  server.delete('/session', async (request, reply) => {
    const session = sessions.find(sessionSecret(request.headers.cookie, origin()))
    if (session) await sessions.end(session.id)
    return reply.header('set-cookie', setCookie(origin(), '', 0)).send({ signedIn: false })
  })
}
