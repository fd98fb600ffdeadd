import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type CDPSession, type Page } from '@playwright/test'
import { chromiumPath } from '../../tools/chromium.mjs'
import { pastRequest, writePast } from '../../test/e2e/requests.ts'
import { startConsole } from '../../test/e2e/console.ts'
import { watchFrames, type FrameFigures } from '../../test/e2e/watch-frames.ts'
import { createRollcall } from '../servers/rollcall.ts'
import { startPacedLoad } from './paced-load.ts'

/**
 * Whether the live log stays smooth: `node bench/console/live-log.ts [requests a second] [seconds of each part]`. A real server gets
 * requests at that rate while Chromium shows the log with 100,000 rows in it; the browser itself says how long its frames took.
 */
const rate = Number(process.argv[2] ?? 1000)
const seconds = Number(process.argv[3] ?? 10)
const rowsInView = 100_000

interface Part {
  readonly name: string
  readonly figures: FrameFigures
  readonly sent: number
  readonly heapMegabytes: number
  readonly rows: number
}

async function heapOf(client: CDPSession): Promise<number> {
  await client.send('HeapProfiler.collectGarbage')
  const { usedSize } = await client.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

/** How many rows the page says that it holds. */
async function rowsOf(page: Page): Promise<number> {
  const text = await page.getByText(/in view/).textContent()
  return Number(/^([\d,]+) in view/.exec(text ?? '')?.[1]?.replaceAll(',', ''))
}

async function fill(page: Page): Promise<void> {
  await page.getByRole('grid').focus()
  while ((await rowsOf(page)) < rowsInView) await page.keyboard.press('Home')
  await page.keyboard.press('End')
}

/** Turns the wheel without a pause, up and down. */
async function scroll(page: Page, until: () => boolean): Promise<void> {
  await page.getByRole('grid').hover()
  for (let n = 0; !until(); n += 1) await page.mouse.wheel(0, n % 40 < 30 ? -600 : 1800)
}

const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-live-log-'))
const parts: Part[] = []
try {
  const credentials = await createRollcall(
    fileURLToPath(new URL('../../bin/rollcall.mjs', import.meta.url)),
  ).createIntegration(dataDir)
  const now = Date.now()
  writePast(
    dataDir,
    Array.from({ length: rowsInView }, (_, n) =>
      pastRequest(now - 3_600_000 + n, {
        integrationSlug: 'bench',
        target: `/scim/bench/v2/Users?filter=userName+eq+%22p${n}%22`,
      }),
    ),
  )
  const running = await startConsole({ dataDir })
  const browser = await chromium.launch({ executablePath: chromiumPath() })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(running.link)
    await page.getByText('Listening').waitFor()
    await page.goto(`${running.origin}/requests`)
    await page.getByRole('grid').waitFor()
    const client = await page.context().newCDPSession(page)
    const { hostname, port } = new URL(running.scim)
    const target = {
      host: hostname,
      port: Number(port),
      name: 'rollcall',
      kind: 'scim' as const,
      pid: 0,
      ...credentials,
    }

    async function measure(
      name: string,
      act: (until: () => boolean) => Promise<void>,
      watched: Page = page,
    ): Promise<void> {
      const load = startPacedLoad(target, rate)
      const stop = await watchFrames(browser, watched)
      const end = performance.now() + seconds * 1000
      await act(() => performance.now() > end)
      const figures = await stop()
      const sent = await load.stop()
      parts.push({ name, figures, sent, heapMegabytes: await heapOf(client), rows: await rowsOf(page) })
    }
    async function wait(until: () => boolean): Promise<void> {
      while (!until()) await new Promise((resolve) => setTimeout(resolve, 100))
    }

    await measure('following the end', wait)
    await fill(page)
    await measure('following the end, 100,000 rows in view', wait)
    await measure('scrolling, 100,000 rows in view', (until) => scroll(page, until))
    await page.keyboard.press('Space')
    await measure('paused, 100,000 rows in view', wait)
    await measure('an empty page, for what the machine itself does to frames', wait, await browser.newPage())
  } finally {
    await browser.close()
    await running.stop()
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}

console.log(`${rate} requests a second, ${seconds} s each; load average ${loadavg()[0]?.toFixed(1)}\n`)
for (const { name, figures, sent, heapMegabytes, rows } of parts)
  console.log(
    [
      name,
      `  sent ${(sent / seconds).toFixed(0)}/s · ${rows.toLocaleString('en')} rows in view · heap ${heapMegabytes.toFixed(0)} MB`,
      `  longest frame ${figures.longestFrameMs.toFixed(0)} ms · ${figures.framesOver100Ms} of ${figures.frames} over 100 ms`,
      `  longest task ${figures.longestTaskMs.toFixed(0)} ms · ${figures.tasksOver50Ms} over 50 ms · the page itself worked ${figures.mostWorkMs.toFixed(0)} ms of one at most`,
    ].join('\n'),
  )
