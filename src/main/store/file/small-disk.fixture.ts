import { spawnSync } from 'node:child_process'
import { createDataDir } from '../../directory/test-directory.fixture.ts'

export interface SmallDisk {
  readonly path: string
  release(): void
}

/** A file system of so many KiB, and of so many files (0: any number); undefined where this process may not mount one. */
export function mountSmallDisk(kib: number, files = 0): SmallDisk | undefined {
  const { path, remove } = createDataDir()
  const isMounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k,nr_inodes=${files}`, 'none', path]).status === 0
  const release = () => {
    if (isMounted) spawnSync('umount', [path])
    remove()
  }
  if (isMounted) return { path, release }
  release()
  return undefined
}

/** Whether this process may mount: only then can a whole file system be full, or read-only for root too. */
export function canMount(): boolean {
  const trial = mountSmallDisk(64)
  trial?.release()
  return trial !== undefined
}
