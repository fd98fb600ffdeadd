import { z } from 'zod'

/** A rectangle on the desktop, in device-independent pixels. */
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const rememberedWindow = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  isMaximized: z.boolean(),
})

/** Where the window was when it was last closed. */
export type RememberedWindow = Readonly<z.infer<typeof rememberedWindow>>

export const smallestWindow = { width: 720, height: 480 } as const
const usualWindow = { width: 1280, height: 800 } as const

/** So much of the title bar has to be on a screen, for the window to be moved by it. */
const grip = { width: 120, height: 32 } as const

function overlap(from: number, length: number, otherFrom: number, otherLength: number): number {
  return Math.min(from + length, otherFrom + otherLength) - Math.max(from, otherFrom)
}

function canBeGrasped(window: Bounds, screen: Bounds): boolean {
  return (
    overlap(window.x, window.width, screen.x, screen.width) >= grip.width &&
    overlap(window.y, grip.height, screen.y, screen.height) >= grip.height
  )
}

function fitted(wanted: number, smallest: number, available: number): number {
  return Math.min(Math.max(wanted, smallest), available)
}

/** The window in its remembered or usual size, as far as a screen has room for it. */
function sizeOn(screen: Bounds, remembered: RememberedWindow | undefined) {
  return {
    width: fitted(remembered?.width ?? usualWindow.width, smallestWindow.width, screen.width),
    height: fitted(remembered?.height ?? usualWindow.height, smallestWindow.height, screen.height),
  }
}

/**
 * Where the window opens: where it was, if its title bar is on a screen that exists, and no larger than that screen; otherwise in the middle
 * of the first one. `screens` are the areas that windows may cover, the first one first.
 */
export function placeWindow(remembered: RememberedWindow | undefined, screens: readonly Bounds[]): Bounds {
  if (remembered)
    for (const screen of screens) {
      const placed = { x: remembered.x, y: remembered.y, ...sizeOn(screen, remembered) }
      if (canBeGrasped(placed, screen)) return placed
    }
  const [first = { x: 0, y: 0, ...usualWindow }] = screens
  const { width, height } = sizeOn(first, remembered)
  return {
    x: first.x + Math.round((first.width - width) / 2),
    y: first.y + Math.round((first.height - height) / 2),
    width,
    height,
  }
}
