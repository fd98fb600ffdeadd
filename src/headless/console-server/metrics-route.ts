import { metricsPath, type ConsoleRoutes } from './console-server.ts'

/**
 * Serves the metrics to Prometheus while they are switched on. A scraper has no session, so none is asked for: what is told are counts and the
 * slugs of the integrations.
 */
export function metricsRoute(metrics: () => string | undefined): ConsoleRoutes {
  return (server) => {
    server.get(metricsPath, (_request, reply) => {
      const text = metrics()
      if (text === undefined) return reply.code(404).send('')
      return reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8').send(text)
    })
  }
}
