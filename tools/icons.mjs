// `npm run icons`: draws the app's icon and those of the tray into resources/, from shapes, in Debian's Chromium.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { chromiumPath } from './chromium.mjs'

const folder = fileURLToPath(new URL('../resources', import.meta.url))

const list = (colour) =>
  `<path d="M6 7.5h6M6 12h4M6 16.5h6" stroke="${colour}" stroke-width="2" stroke-linecap="round" opacity=".75"/>`
// A state is told by its shape, not by a colour alone: a tick while it listens, a bar each side when it is stopped.
const marks = {
  listening: (colour) =>
    `<path d="m13.5 12 2.2 2.2 4-4.4" fill="none" stroke="${colour}" stroke-width="2.4" stroke-linecap="round" stroke-linejoin="round"/>`,
  stopped: (colour) => `<path d="M15 9v6M18.6 9v6" stroke="${colour}" stroke-width="2.4" stroke-linecap="round"/>`,
}
const tile = (colour) => `<rect width="24" height="24" rx="6" fill="${colour}"/>`
const svg = (inside) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${inside}</svg>`
const colours = { listening: '#4263eb', stopped: '#6b7280' }

const drawings = [{ name: 'icon', sizes: [512], svg: svg(tile('#4263eb') + list('#fff') + marks.listening('#fff')) }]
for (const state of ['listening', 'stopped']) {
  drawings.push(
    { name: `tray/${state}`, sizes: [24, 48], svg: svg(tile(colours[state]) + list('#fff') + marks[state]('#fff')) },
    // macOS takes the shape alone, and colours it as its menu bar.
    { name: `tray/${state}Template`, sizes: [16, 32], svg: svg(list('#000') + marks[state]('#000')) },
  )
}

mkdirSync(join(folder, 'tray'), { recursive: true })
const browser = await chromium.launch({ executablePath: chromiumPath() })
const page = await browser.newPage()
for (const drawing of drawings)
  for (const [n, size] of drawing.sizes.entries()) {
    await page.setViewportSize({ width: size, height: size })
    await page.setContent(
      `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${drawing.svg}`,
    )
    const png = await page.screenshot({ omitBackground: true })
    writeFileSync(join(folder, `${drawing.name}${n === 0 ? '' : '@2x'}.png`), png)
  }
await browser.close()
