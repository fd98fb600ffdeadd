import { Connection } from './connection.ts'
import type { Target } from './scim-request.ts'
import { percentile } from './statistics.ts'

/** What an operation reports to its window. */
export interface Recorder {
  /** Number of the running operation within its window: used to check only a sample of the bodies. */
  readonly turn: number
  /** Notes one timed request or step, in ms. `lane` tells apart the kinds that one operation times separately. */
  took(milliseconds: number, lane?: string): void
  /** Notes an answer that was not what the protocol asks for. */
  wrong(what: string): void
}

export interface Session {
  /** One operation. Its first await sends the request. */
  operate(connection: Connection, recorder: Recorder): Promise<void>
  /** Undoes what the window did, untimed, and checks it. */
  finish(recorder: Recorder): Promise<void>
}

export interface Workload {
  readonly name: string
  /** Most operations of one window, so that a window does not change the size of the directory it measures. */
  readonly most?: number
  begin(target: Target): Promise<Session>
}

export interface Load {
  readonly target: Target
  readonly workload: Workload
  readonly connections: number
  readonly seconds: number
  /** Ends the window early. */
  readonly signal?: AbortSignal
}

export interface WindowResult {
  readonly operations: number
  readonly perSecond: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly slowestMs: number
  /** Mean ms per timed step, by lane. */
  readonly meanMsByLane: ReadonlyMap<string, number>
  /** Each kind of wrong answer once, with how often it was seen. */
  readonly wrong: readonly string[]
}

const MOST_FAILURES = 20

/** Runs a workload as a closed loop: every connection sends its next request as soon as it has its answer. */
export async function measureWindow(load: Load): Promise<WindowResult> {
  const { target, workload, seconds, signal } = load
  const most = workload.most ?? Number.POSITIVE_INFINITY
  const lanes = new Map<string, number[]>()
  const wrong = new Map<string, number>()
  let started = 0
  let failures = 0
  const recorder = {
    turn: 0,
    took(milliseconds: number, lane = '') {
      const times = lanes.get(lane)
      if (times) times.push(milliseconds)
      else lanes.set(lane, [milliseconds])
    },
    wrong(what: string) {
      wrong.set(what, (wrong.get(what) ?? 0) + 1)
    },
  }

  const session = await workload.begin(target)
  const connections = Array.from({ length: load.connections }, () => new Connection(target))
  await Promise.all(connections.map((connection) => connection.open()))
  const startedAt = performance.now()
  const deadline = startedAt + seconds * 1000
  const isOver = (): boolean =>
    started >= most || failures >= MOST_FAILURES || signal?.aborted === true || performance.now() >= deadline
  await Promise.all(
    connections.map(async (connection) => {
      while (!isOver()) {
        recorder.turn = started++
        try {
          await session.operate(connection, recorder)
        } catch (error) {
          failures++
          recorder.wrong(error instanceof Error ? error.message : String(error))
        }
      }
    }),
  )
  const wallMs = performance.now() - startedAt
  for (const connection of connections) connection.close()
  await session.finish(recorder)

  const times = [...lanes.values()].flat()
  return {
    operations: times.length,
    perSecond: (times.length * 1000) / wallMs,
    medianMs: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    slowestMs: percentile(times, 1),
    meanMsByLane: new Map([...lanes].map(([lane, list]) => [lane, list.reduce((a, b) => a + b, 0) / list.length])),
    wrong: [...wrong].map(([what, count]) => `${target.name} ${workload.name}: ${what} (${count} times)`),
  }
}
