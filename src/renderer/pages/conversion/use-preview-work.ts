import { useEffect, useState } from 'react'
import type { PreviewStanding } from '../../../contract/conversions.ts'
import { followStream } from '../../rpc/follow-stream.ts'
import { useConnection } from '../../rpc/engine.ts'

/** How the making of a preview of a directory stands in the engine; undefined until it has told. */
export function usePreviewWork(directory: string): PreviewStanding | undefined {
  const connection = useConnection()
  const [standing, setStanding] = useState<PreviewStanding>()

  useEffect(() => {
    const ended = new AbortController()
    void followStream<PreviewStanding>({
      connection,
      from: null,
      signal: ended.signal,
      open: ({ subscription }, signal) =>
        connection.engine.conversions.followPreview({ subscription, directory }, { signal }),
      onBatch: ({ items }) => setStanding((before) => items.at(-1) ?? before),
    })
    return () => ended.abort()
  }, [connection, directory])

  return standing
}
