import { useMutation } from '@tanstack/react-query'
import { useEngine } from './engine.ts'
import { Explained } from './explained.ts'

/** Starts the SCIM endpoint again. It fails too where the engine is reached and the endpoint cannot listen, and the error says why. */
export function useListenAgain(onError?: (error: Error) => void) {
  const engine = useEngine()
  return useMutation({
    async mutationFn() {
      const { state, problem } = await engine.system.startEndpoint.call()
      if (state === 'stopped') throw new Explained(problem ?? 'It does not listen; the log of the server says why.')
    },
    ...(onError && { onError }),
  })
}
