import { statSync } from 'node:fs'
import type { NativeImage, nativeImage as NativeImages } from 'electron'
import { strict } from './strict.ts'

const paths = new WeakMap<NativeImage, string>()

export function pathOfImage(image: NativeImage): string {
  return paths.get(image) ?? ''
}

export const nativeImage = strict<typeof NativeImages>('nativeImage', {
  createFromPath(path) {
    // Electron gives an empty image for a path without a picture, which nobody would see.
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw new Error(`There is no picture ${path}.`)
    const image = strict<NativeImage>('NativeImage', {})
    paths.set(image, path)
    return image
  },
})
