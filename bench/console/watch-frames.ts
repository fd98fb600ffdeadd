import type { Page } from '@playwright/test'

/** What the browser says of its own frames. */
export interface FrameFigures {
  readonly frames: number
  readonly longestFrameMs: number
  readonly framesOver100Ms: number
  /** Tasks of more than 50 ms, as `PerformanceObserver` tells them. */
  readonly tasksOver50Ms: number
  readonly longestTaskMs: number
}

/** Watches the frames of a page until what it returns is called. */
export async function watchFrames(page: Page): Promise<() => Promise<FrameFigures>> {
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
    return {
      frames: frames.length,
      longestFrameMs: Math.max(0, ...frames),
      framesOver100Ms: frames.filter((each) => each > 100).length,
      tasksOver50Ms: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
    }
  }
}
