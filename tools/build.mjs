// Builds the bundles. With --if-possible, as npm runs it after an installation, it does nothing where the build tools are not installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const tool = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
const ownNode = join(root, 'node_modules/.bin/node')

if (!existsSync(tool)) {
  if (process.argv.includes('--if-possible')) process.exit(0)
  console.error('The build tools are not installed. Run "npm ci" first.')
  process.exit(1)
}
const node = existsSync(ownNode) ? ownNode : process.execPath
const result = spawnSync(node, [tool, 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 2, 2] })
process.exit(result.status ?? 1)
