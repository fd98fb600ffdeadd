import type { Browser, Page } from '@playwright/test'
import { z } from 'zod'

/** What the browser says of its own frames. */
export interface FrameFigures {
  readonly frames: number
  readonly longestFrameMs: number
  readonly framesOver100Ms: number
  /** Tasks of more than 50 ms, as `PerformanceObserver` tells them. */
  readonly tasksOver50Ms: number
  readonly longestTaskMs: number
  /** The most that the page's thread worked without a pause. Where a machine is busy a frame is late by what others work besides. */
  readonly mostWorkMs: number
}

const trace = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string().default(''),
      pid: z.number(),
      tid: z.number(),
      /** Time of the thread alone, in µs. */
      tdur: z.number().optional(),
      args: z.object({ name: z.unknown() }).optional().catch(undefined),
    }),
  ),
})

/** The longest task of a page's thread, in ms of that thread. */
function mostWorkIn(text: string): number {
  const { traceEvents } = trace.parse(JSON.parse(text))
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  )
  const worked = traceEvents
    .filter(({ name, pid, tid }) => name === 'RunTask' && threads.has(`${pid}/${tid}`))
    .map(({ tdur = 0 }) => tdur)
  if (worked.length === 0) throw new Error('the browser has told of no task')
  return worked.reduce((most, each) => Math.max(most, each), 0) / 1000
}

/** Watches the frames of a page until what it returns is called. */
export async function watchFrames(browser: Browser, page: Page): Promise<() => Promise<FrameFigures>> {
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'] })
  const handle = await page.evaluateHandle(() => {
    const frames: number[] = []
    const tasks: number[] = []
    let last = performance.now()
    let isOver = false
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration)
    })
    observer.observe({ type: 'longtask' })
    const frame = (now: number) => {
      frames.push(now - last)
      last = now
      if (!isOver) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    return {
      end() {
        isOver = true
        observer.disconnect()
        return { frames, tasks }
      },
    }
  })
  return async () => {
    const { frames, tasks } = await handle.evaluate((watch) => watch.end())
    const recorded = await browser.stopTracing()
    return {
      frames: frames.length,
      longestFrameMs: Math.max(0, ...frames),
      framesOver100Ms: frames.filter((each) => each > 100).length,
      tasksOver50Ms: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
      mostWorkMs: mostWorkIn(recorded.toString('utf8')),
    }
  }
}
