// Builds the bundles. With --if-possible, as npm runs it after an installation, it does nothing where the build tools are not installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ownNode } from '../bin/own-node.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const node = ownNode(root) ?? process.execPath

/** The programs with their page, and the threads, into folders of their own. */
const builds = [
  ['node_modules/electron-vite/bin/electron-vite.js', 'build', '--logLevel', 'warn'],
  ['node_modules/vite/bin/vite.js', 'build', '--config', 'threads.vite.config.ts'],
]

if (!builds.every(([tool]) => existsSync(join(root, tool)))) {
  if (process.argv.includes('--if-possible')) process.exit(0)
  console.error('The build tools are not installed. Run "npm ci" first.')
  process.exit(1)
}

const ended = builds.map(
  ([tool, ...args]) =>
    new Promise((resolve) => {
      const child = spawn(node, [join(root, tool), ...args], { cwd: root, stdio: ['ignore', 2, 2] })
      child.on('error', () => resolve(1))
      child.on('exit', (code) => resolve(code ?? 1))
    }),
)
process.exitCode = Math.max(...(await Promise.all(ended)))
