import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes what was written to a file or folder outlast a power cut. */
export function syncToDisk(path: string): void {
  if (process.platform === 'win32') return
  const descriptor = openSync(path, 'r')
  try {
    fsyncSync(descriptor)
  } finally {
    closeSync(descriptor)
  }
}
