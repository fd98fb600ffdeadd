#!/usr/bin/env node
// Starts the built command line under the project's own Node, building it first when a checkout has not been built yet.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const entry = join(root, 'out/main/headless.js')
const ownNode = join(root, 'node_modules/.bin/node')

if (Number(process.versions.node.split('.')[0]) < 24) {
  if (!existsSync(ownNode)) {
    console.error(`Rollcall needs Node 24; this is ${process.version}. Install Node 24, or run "npm ci" first.`)
    process.exit(1)
  }
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
} else {
  if (!existsSync(entry)) {
    const built = spawnSync(process.execPath, [join(root, 'tools/build.mjs')], { cwd: root, stdio: ['ignore', 2, 2] })
    if (built.status !== 0) process.exit(1)
  }
  await import(entry)
}
