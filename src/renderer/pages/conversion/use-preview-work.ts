import { useEffect, useState } from 'react'
import type { PreviewStanding } from '../../../contract/conversions.ts'
import { followStream } from '../../rpc/follow-stream.ts'
import { useConnection } from '../../rpc/engine.ts'

interface PreviewWork {
  /** Undefined until the engine has told. */
  readonly standing: PreviewStanding | undefined
  /** A preview has just been begun: until the engine tells of it, what it told before is out of date. */
  begun(standing: PreviewStanding): void
}

/** How the making of a preview of a directory stands in the engine. */
export function usePreviewWork(directory: string): PreviewWork {
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

  return {
    standing,
    // It may have told of it already, even that it is done.
    begun: (begun) => setStanding((before) => (before?.id === begun.id ? before : begun)),
  }
}
