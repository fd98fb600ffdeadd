import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeWindow, type RememberedWindow } from './window-bounds.ts'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const external = { x: 1440, y: -200, width: 2560, height: 1400 }
const was = (bounds: Partial<RememberedWindow>): RememberedWindow => ({
  x: 100,
  y: 100,
  width: 1280,
  height: 800,
  isMaximized: false,
  ...bounds,
})

test('at first it is in the middle of the first screen', () => {
  expect(placeWindow(undefined, [laptop, external])).toEqual({ x: 80, y: 63, width: 1280, height: 800 })
  expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1024, height: 700 }])).toMatchObject({ width: 1024, height: 700 })
})

test('it stays where it was, also partly beside a screen, as long as it can be moved', () => {
  const onExternal = was({ x: 3000, y: -150, width: 900 })
  expect(placeWindow(onExternal, [laptop, external])).toEqual({ x: 3000, y: -150, width: 900, height: 800 })
  const halfOut = was({ x: 1300 })
  expect(placeWindow(halfOut, [laptop])).toMatchObject({ x: 1300, y: 100 })
})

test('it comes back to the first screen when its own is gone, or its title bar is out of reach', () => {
  for (const lost of [was({ x: 3000, y: -150 }), was({ x: 1400 }), was({ y: -40 }), was({ y: 890 }), was({ x: -1200 })])
    expect(placeWindow(lost, [laptop])).toEqual({ x: 80, y: 63, width: 1280, height: 800 })
})

test('whatever was remembered, its title bar is on a screen, and it is no larger than the largest', () => {
  const edge = fc.integer({ min: -20_000, max: 20_000 })
  const length = fc.integer({ min: 1, max: 20_000 })
  fc.assert(
    fc.property(edge, edge, length, length, (x, y, width, height) => {
      const placed = placeWindow(was({ x, y, width, height }), [laptop, external])
      const reachable = [laptop, external].some(
        (screen) =>
          placed.x + placed.width > screen.x &&
          placed.x < screen.x + screen.width &&
          placed.y + 32 > screen.y &&
          placed.y < screen.y + screen.height,
      )
      expect(reachable).toBe(true)
      expect(placed.width).toBeLessThanOrEqual(external.width)
      expect(placed.height).toBeLessThanOrEqual(external.height)
    }),
  )
})
