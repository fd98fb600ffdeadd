import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { createAttemptThrottle } from '../../main/access/attempt-throttle.ts'
import type { ConsolePassword } from '../../main/access/console-password.ts'
import { type ConsoleSessions, type Shown, type SignedIn, type Visitor } from '../../main/access/console-sessions.ts'
import { createKnownBrowsers } from '../../main/access/known-browsers.ts'
import { VaultError } from '../../main/vault/vault.ts'
import { isOfAnotherUser } from './other-user.ts'
import { browserCookie, sessionCookie, setBrowserCookie, setCookie } from './session-cookie.ts'

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
  return {
    userAgent: request.headers['user-agent'] ?? '',
    remoteAddress: request.ip,
    isOfAnotherUser: () => isOfAnotherUser(request.raw.socket),
  }
}

/** What a request of the page shows of its session. */
function shownBy({ headers }: FastifyRequest, origin: string): Shown {
  const pageSecret = headers['x-rollcall-page']
  return {
    cookie: sessionCookie(headers.cookie, origin),
    pageSecret: typeof pageSecret === 'string' ? pageSecret : '',
  }
}

/**
 * `/session`: GET says whether the page is signed in and how it can be, POST trades a key or a password for a cookie and the secret that goes
 * with it, DELETE signs out. The page shows the secret in `X-Rollcall-Page`.
 * Whatever is wrong with a key or a password gets the same answer. Guesses are slowed down by address, and those from a browser in which somebody has signed
 * in before by themselves: behind a proxy or a tunnel all strangers have one address with everybody else.
 */
export function addSignIn(server: FastifyInstance, { sessions, password, clock, origin }: SignInParts): void {
  const browsers = createKnownBrowsers(password)
  const throttles = { stranger: createAttemptThrottle(), browser: createAttemptThrottle() }

  /** The cookie lasts as long as its session can: a page that is open for weeks could not be given another. Whether it is still good is known here. */
  function cookieUntil(cookie: string, latest: number): string {
    return setCookie(origin(), cookie, latest - clock())
  }

  /** Makes the browser one that is known. */
  function remember(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const cookie = browsers.cookieFor(browserCookie(request.headers.cookie, origin()))
    return cookie === undefined ? reply : reply.header('set-cookie', setBrowserCookie(origin(), cookie))
  }

  function welcome(request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): FastifyReply {
    const { cookie, pageSecret } = signedIn
    reply.header('set-cookie', cookieUntil(cookie, signedIn.endsAtLatest))
    return remember(request, reply).send({ signedIn: true, page: pageSecret })
  }

  async function byPassword(request: FastifyRequest, reply: FastifyReply, text: string): Promise<FastifyReply> {
    const browser = await browsers.idOf(browserCookie(request.headers.cookie, origin()))
    const throttle = browser === undefined ? throttles.stranger : throttles.browser
    const who = browser ?? request.ip
    const wait = throttle.wait(who, clock())
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000)
      return reply
        .code(429)
        .header('retry-after', seconds)
        .send({ problem: `Wait ${seconds} s, then try again.` })
    }
    // Counted before it is looked at, so that many at once are not all free.
    throttle.failed(who, clock())
    if (password.setAt() === undefined || !(await password.check(text)))
      return reply.code(401).send({ problem: 'That is not the password.' })
    throttle.succeeded(who)
    return welcome(request, reply, await sessions.signIn(visitorOf(request)))
  }

  server.get('/session', (request, reply) => {
    const session = sessions.find(shownBy(request, origin()))
    if (session) remember(request, reply)
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
      if (signedIn) return welcome(request, reply, signedIn)
      return reply.code(401).send({ problem: 'This link was used already, or is older than an hour.' })
    } catch (error) {
      if (!(error instanceof VaultError)) throw error
      return reply.code(503).send({ problem: error.message })
    }
  })

  server.delete('/session', async (request, reply) => {
    const session = sessions.find(shownBy(request, origin()))
    if (session) await sessions.end(session.id)
    return reply.header('set-cookie', setCookie(origin(), '', 0)).send({ signedIn: false })
  })
}
