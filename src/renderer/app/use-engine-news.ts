import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { followStream } from '../rpc/follow-stream.ts'
import { useConnection, useEngine } from '../rpc/engine.ts'
import { useNews } from '../stores/news.ts'

/** Under load everything changes all the time; screens are asked anew at most so often, in ms. */
const quietMs = 2000

/** What of the news screens are asked anew for. */
const watched = ['dataVersion', 'newestRequest', 'notStoredAt', 'notRecorded'] as const

/** Keeps what is on the screen true: follows what the engine tells of changes and has the queries concerned asked again. */
export function useEngineNews(): void {
  const connection = useConnection()
  const engine = useEngine()
  const client = useQueryClient()

  useEffect(() => {
    const ended = new AbortController()
    let timer: ReturnType<typeof setTimeout> | undefined
    let askedAt = 0
    let isConfigured = false

    function refresh(): void {
      timer = undefined
      askedAt = Date.now()
      const areas = isConfigured
        ? [undefined]
        : [
            engine.overview.key(),
            engine.users.key(),
            engine.groups.key(),
            engine.tokens.key(),
            engine.firstRun.key(),
            engine.jobs.key(),
            engine.provisioning.key(),
            engine.notifications.key(),
          ]
      isConfigured = false
      for (const queryKey of areas)
        void client.invalidateQueries(queryKey === undefined ? undefined : { queryKey, refetchType: 'active' })
    }

    const stop = useNews.subscribe(({ news }, { news: before }) => {
      if (!news || !before) return
      if (news.configVersion !== before.configVersion || news.endpoint.state !== before.endpoint.state)
        isConfigured = true
      else if (watched.every((each) => news[each] === before[each])) return
      timer ??= setTimeout(refresh, isConfigured ? 0 : Math.max(0, askedAt + quietMs - Date.now()))
    })
    void followStream({
      connection,
      from: null,
      signal: ended.signal,
      open: ({ subscription }, signal) => connection.engine.system.watch({ subscription }, { signal }),
      onBatch({ items }) {
        const newest = items.at(-1)
        if (newest) useNews.getState().set(newest)
      },
    })
    // What was missed while the connection was lost is asked for when it is back.
    let wasOpen = connection.state().kind === 'open'
    const stopWatching = connection.subscribe(() => {
      const isOpen = connection.state().kind === 'open'
      if (isOpen && !wasOpen) void client.invalidateQueries()
      wasOpen = isOpen
    })
    return () => {
      ended.abort()
      clearTimeout(timer)
      stop()
      stopWatching()
    }
  }, [client, connection, engine])
}
