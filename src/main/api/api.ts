import { implement } from '@orpc/server'
import { contract } from '../../contract/contract.ts'
import type { ApiContext, ApiParts } from './api-context.ts'
import { toldFailure } from './problems/failure-boundary.ts'

function isStream(output: unknown): output is AsyncGenerator {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** A stream can fail long after the call that opened it has returned. */
async function* guarded(parts: ApiParts, stream: AsyncGenerator, signal: AbortSignal | undefined): AsyncGenerator {
  try {
    yield* stream
  } catch (error) {
    // Nobody listens any more; what fails now fails because of that.
    if (signal?.aborted === true) return
    throw toldFailure(parts, error)
  }
}

/** What the handlers of every area are made from: the contract, with the one place that turns failures into what is told. */
export const api = implement(contract)
  .$context<ApiContext>()
  .use(async ({ context, next, signal }) => {
    try {
      const result = await next()
      const output: unknown = result.output
      // The stream yields what it yielded; only its errors are others.
      return isStream(output)
        ? { ...result, output: guarded(context.parts, output, signal) as typeof result.output }
        : result
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason
      throw toldFailure(context.parts, error)
    }
  })
