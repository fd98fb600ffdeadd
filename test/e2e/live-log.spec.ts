import { startPacedLoad } from '../../bench/console/paced-load.ts'
import { expect, test } from './console.ts'
import { openRequests } from './requests.ts'
import { watchFrames } from './watch-frames.ts'

const perSecond = 1000

// Timed by the thread's own clock, which does not run while the machine does something else: bench/console measures what a person sees.
test(`while ${perSecond} requests a second arrive the page stays free for the next frame, and draws and keeps a bounded number of rows`, async ({
  browser,
  page,
  running,
}) => {
  const entra = await openRequests(page, running)
  const grid = page.getByRole('grid')
  const { hostname, port } = new URL(running.scim)
  const load = startPacedLoad(
    {
      name: 'rollcall',
      kind: 'scim',
      pid: 0,
      host: hostname,
      port: Number(port),
      basePath: '/scim/entra-id/v2',
      token: entra.token,
    },
    perSecond,
  )
  const stop = await watchFrames(browser, page)
  await expect(page.getByText(/^[3-9],\d{3} in view/)).toBeVisible({ timeout: 30_000 })
  await grid.hover()
  for (let n = 0; n < 60; n += 1) {
    await page.mouse.wheel(0, n % 20 < 15 ? -300 : 900)
    expect(await grid.getByRole('row').count()).toBeLessThan(80)
  }
  const figures = await stop()
  const answered = await load.stop()
  expect(answered).toBeGreaterThan(3000)
  expect(figures.mostWorkMs).toBeLessThan(100)

  await entra.get('/Schemas')
  await page.keyboard.press('End')
  await expect(page.getByRole('row', { name: /Read schemas/ })).toBeInViewport()
  const client = await page.context().newCDPSession(page)
  await client.send('HeapProfiler.collectGarbage')
  expect((await client.send('Runtime.getHeapUsage')).usedSize).toBeLessThan(60e6)
})
