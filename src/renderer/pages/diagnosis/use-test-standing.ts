import { useEffect, useState } from 'react'
import type { TestStanding } from '../../../contract/endpoint-tests.ts'
import { useConnection } from '../../rpc/engine.ts'
import { followStream } from '../../rpc/follow-stream.ts'
import { useTestMemory } from './test-memory.ts'

/** How tests of endpoints stand in the engine; undefined until it has told. */
export function useTestStanding(): TestStanding | undefined {
  const connection = useConnection()
  const see = useTestMemory((state) => state.see)
  const [standing, setStanding] = useState<TestStanding>()

  useEffect(() => {
    const ended = new AbortController()
    void followStream<TestStanding>({
      connection,
      from: null,
      signal: ended.signal,
      open: ({ subscription }, signal) => connection.engine.endpointTests.follow({ subscription }, { signal }),
      onBatch({ items }) {
        const newest = items.at(-1)
        if (!newest) return
        see(newest)
        setStanding(newest)
      },
    })
    return () => ended.abort()
  }, [connection, see])

  return standing
}
